package io.gamestream.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassArchiverTest {

    @Test
    void classesBehindLambdasAndALineThatIsStillBeingWrittenAreLeftOut() {
        String list = """
                java/lang/Object id: 0
                @lambda-proxy io/debezium/config/Field$Validator validate ()V
                @lambda-form-invoker [LF_RESOLVE] x y
                io/debezium/config/Field id: 7
                io/debezium/con""";
        assertThat(ClassArchiver.archivable(list)).isEqualTo("""
                java/lang/Object id: 0
                @lambda-form-invoker [LF_RESOLVE] x y
                io/debezium/config/Field id: 7
                """);
    }
}
