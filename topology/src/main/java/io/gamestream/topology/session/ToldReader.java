package io.gamestream.topology.session;

import io.gamestream.schemas.sessions.Assignment;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** An assignment with the time of its record; of a player who was forgotten, which is the gate's own word, there is none. */
final class ToldReader extends ContextualFixedKeyProcessor<String, Assignment, GateInput> {

    @Override
    public void process(FixedKeyRecord<String, Assignment> told) {
        if (told.value() != null) {
            context().forward(told.withValue(new GateInput.Told(told.value(), told.timestamp())));
        }
    }
}
