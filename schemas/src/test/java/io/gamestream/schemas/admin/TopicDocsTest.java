package io.gamestream.schemas.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.TopicSpec;
import io.gamestream.schemas.admin.Acl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicDocsTest {

    private static final Path PAGE = Path.of("..", "docs", "topics.md");

    @Test
    void thePageIsWhatTheCatalogueSays() throws IOException {
        String page = TopicDocs.markdown(TopicCatalogue.all());
        if (Boolean.getBoolean("schemas.accept")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as(
                        "docs/topics.md is out of date. Write it anew: mvn -pl schemas test -Dtest=TopicDocsTest -Dschemas.accept=true")
                .content()
                .isEqualTo(page);
    }

    @Test
    void ownersMayWriteAndReadersMayReadAndNobodyElse() {
        List<Acl> users = Acls.of(TopicCatalogue.all()).stream()
                .filter(acl -> acl.name().equals("identity.users.v1"))
                .toList();

        assertThat(users)
                .extracting(Acl::command)
                .containsExactly(
                        "$KAFKA_ACLS --add --allow-principal User:backbone-admin --operation All --topic identity.users.v1",
                        "$KAFKA_ACLS --add --allow-principal User:cdc --operation Write --operation Describe --topic identity.users.v1",
                        "$KAFKA_ACLS --add --allow-principal User:cdc --operation Read --operation Describe --topic identity.users.v1",
                        "$KAFKA_ACLS --add --allow-principal User:catalog --operation Read --operation Describe --topic identity.users.v1",
                        "$KAFKA_ACLS --add --allow-principal User:serving-api --operation Describe --topic identity.users.v1");
    }

    @Test
    void everyServiceHasItsGroupsAndTransactions() {
        List<String> owners = TopicCatalogue.all().stream()
                .map(TopicSpec::owner)
                .filter(owner -> !List.of("dlq", "load").contains(owner))
                .distinct()
                .toList();

        assertThat(Acls.of(TopicCatalogue.all()))
                .filteredOn(acl -> acl.resource() == Resource.TRANSACTIONAL_ID && acl.prefixed())
                .extracting(Acl::principal)
                .containsAll(owners);
    }
}
