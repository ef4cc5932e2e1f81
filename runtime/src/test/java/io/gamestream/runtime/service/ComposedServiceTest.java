package io.gamestream.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposedServiceTest {

    private final List<String> closed = new ArrayList<>();

    /** Of three parts, the last of which can be kept from opening. */
    private static final class Three extends ComposedService {

        static Three start(List<String> closed, boolean thirdOpens) throws Exception {
            return open(new Three(), service -> {
                service.part(() -> closed.add("first"));
                service.part(() -> {
                    closed.add("second");
                    throw new IllegalStateException("second");
                });
                if (!thirdOpens) {
                    throw new IllegalArgumentException("third");
                }
                service.part(() -> closed.add("third"));
            });
        }
    }

    @Test
    void closesWhatItHasOpenedInTheOppositeOrder() throws Exception {
        Three service = Three.start(closed, true);
        assertThatThrownBy(service::close).hasMessage("second");
        assertThat(closed).containsExactly("third", "second", "first");
    }

    @Test
    void leavesNothingOpenWhereAPartDoesNotOpenAndSaysWhy() {
        assertThatThrownBy(() -> Three.start(closed, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("third")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void endsWithWhatAPartTells() throws Exception {
        Three service = Three.start(closed, true);
        service.fail(new IllegalStateException("reader"));
        assertThat(service.failure().toCompletableFuture()).isCompletedExceptionally();
    }
}
