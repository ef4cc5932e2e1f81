package io.gamestream.topology.payment;

import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.topology.streams.StreamsService;
import java.util.List;

/** The process {@code payments}: saga, router and ledger behind one door for operators. */
public final class PaymentService {

    private static final String NAME = "payments";

    private PaymentService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, PaymentService::start);
    }

    /** Starts it; it becomes ready in its own time. */
    public static StreamsService start(Settings settings) throws Exception {
        PaymentConfig config = settings.bind(NAME, PaymentConfig.class);
        return StreamsService.start(
                NAME,
                config.http(),
                settings,
                serdes -> List.of(PaymentTopology.spec(serdes, config), LedgerTopology.spec(serdes, config)));
    }
}
