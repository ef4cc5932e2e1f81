package io.gamestream.schemas;

import io.gamestream.schemas.internal.catalog.LibraryGrant;
import io.gamestream.schemas.internal.catalog.OrderContribution;
import io.gamestream.schemas.internal.catalog.SalesDelta;
import io.gamestream.schemas.internal.catalog.UserLibrary;
import io.gamestream.schemas.internal.payments.LedgerLeg;
import io.gamestream.schemas.internal.payments.PaymentSaga;
import io.gamestream.schemas.internal.payments.WaitingWebhooks;
import io.gamestream.schemas.internal.sessions.CellRow;
import io.gamestream.schemas.internal.sessions.HostRow;
import io.gamestream.schemas.internal.sessions.HostWatch;
import io.gamestream.schemas.internal.sessions.PlayerRow;
import io.gamestream.schemas.internal.sessions.TicketRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What applications keep in their own stores and internal topics. No registry knows it, but it outlives a release as a topic's
 * records do: the next version of the application finds it in its changelogs.
 */
public final class StateCatalogue {

    private static final List<Schema> INTERNAL = List.of(
            LibraryGrant.getClassSchema(),
            OrderContribution.getClassSchema(),
            SalesDelta.getClassSchema(),
            UserLibrary.getClassSchema(),
            LedgerLeg.getClassSchema(),
            PaymentSaga.getClassSchema(),
            WaitingWebhooks.getClassSchema(),
            CellRow.getClassSchema(),
            HostRow.getClassSchema(),
            HostWatch.getClassSchema(),
            PlayerRow.getClassSchema(),
            TicketRow.getClassSchema());

    private StateCatalogue() {}

    /** Schemas of no topic, by the name of their history: the record's full name. */
    public static Map<String, Schema> internal() {
        return INTERNAL.stream()
                .collect(Collectors.toMap(
                        Schema::getFullName, schema -> schema, (one, other) -> one, LinkedHashMap::new));
    }

    /** Names of the histories of all that is in stores: views are kept there as their topics have them. */
    public static List<String> histories() {
        return Stream.concat(
                        internal().keySet().stream(),
                        Stream.of(TopicCatalogue.SALES_VIEW.subject(), PaymentTopics.ACCOUNT_VIEW.subject()))
                .toList();
    }
}
