package io.gamestream.topology.catalog;

import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.topology.streams.StreamsService;
import java.util.List;

/** The process {@code catalog}: both applications behind one door for operators. */
public final class CatalogService {

    private static final String NAME = "catalog";

    private CatalogService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, CatalogService::start);
    }

    /** Starts it; it becomes ready in its own time. */
    public static StreamsService start(Settings settings) throws Exception {
        CatalogConfig config = settings.bind(NAME, CatalogConfig.class);
        return StreamsService.start(
                NAME,
                config.http(),
                settings,
                serdes -> List.of(
                        CatalogTopology.spec(serdes, config.views()), SalesTopology.spec(serdes, config.sales())));
    }
}
