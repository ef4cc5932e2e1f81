package io.gamestream.cdc.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamestream.cdc.source.TableInfo.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceCheckTest {

    @Test
    void theLogMustTellTheKeyOfADeletedRow() {
        for (Identity enough : List.of(Identity.DEFAULT, Identity.FULL)) {
            assertThatCode(() -> SourceCheck.requireKeyOfDeletedRows(table(enough)))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> SourceCheck.requireKeyOfDeletedRows(table(Identity.INDEX)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("table shop.rows has REPLICA IDENTITY USING INDEX")
                .hasMessageContaining("ALTER TABLE \"shop\".\"rows\" REPLICA IDENTITY DEFAULT");
        assertThatThrownBy(() -> SourceCheck.requireKeyOfDeletedRows(table(Identity.NOTHING)))
                .hasMessageContaining("REPLICA IDENTITY NOTHING");
    }

    private static TableInfo table(Identity identity) {
        return new TableInfo(TableName.parse("shop.rows"), Map.of(), List.of("id"), identity, List.of());
    }
}
