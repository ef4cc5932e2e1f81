package io.gamestream.local.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamestream.schemas.TopicCatalogue;
import io.gamestream.schemas.admin.SubjectAdmin;
import io.gamestream.schemas.admin.TopicAdmin;
import io.gamestream.schemas.registry.SchemaRegistryClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StackExtension.class)
class StackExtensionIT {

    @Test
    void topicsAreAsTheCatalogueSays(Stack stack) {
        try (Admin admin = Admin.create(stack.kafka().clientProperties())) {
            assertThat(TopicAdmin.diff(admin, TopicCatalogue.all())).isEmpty();
        }
    }

    @Test
    void subjectsAreAsTheCatalogueSays(Stack stack) {
        SchemaRegistryClient registry =
                SchemaRegistryClient.create(stack.registry().serdeProperties());
        assertThat(SubjectAdmin.diff(registry, TopicCatalogue.all())).isEmpty();
    }

    @Test
    void tablesAreThere(Stack stack) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        stack.postgres().jdbcUrl(),
                        stack.postgres().user(),
                        stack.postgres().password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM payments.orders")) {
            assertThat(rows.next()).isTrue();
        }
    }
}
