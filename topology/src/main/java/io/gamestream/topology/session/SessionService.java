package io.gamestream.topology.session;

import io.gamestream.runtime.service.ServiceMain;
import io.gamestream.runtime.settings.Settings;
import io.gamestream.topology.streams.StreamsService;
import java.util.List;

/** The process {@code sessions}: gate, cells and detector behind one door for operators. */
public final class SessionService {

    private static final String NAME = "sessions";

    private SessionService() {}

    public static void main(String[] args) {
        ServiceMain.run(NAME, args, SessionService::start);
    }

    /** Starts it; it becomes ready in its own time. */
    public static StreamsService start(Settings settings) throws Exception {
        SessionConfig config = settings.bind(NAME, SessionConfig.class);
        return StreamsService.start(
                NAME,
                config.http(),
                settings,
                serdes -> List.of(SessionTopology.spec(serdes, config), DetectorTopology.spec(serdes, config)));
    }
}
