package dev.latent.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    @Test
    void actionsWithinTheInterval_areLeftOutAndCounted() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        List<Long> suppressed = new ArrayList<>();
        RateLimit limit = new RateLimit(Duration.ofNanos(10), now::get);

        limit.run(suppressed::add);
        limit.run(suppressed::add);
        now.addAndGet(9); // past the largest long
        limit.run(suppressed::add);
        now.addAndGet(1);
        limit.run(suppressed::add);
        now.addAndGet(10);
        limit.run(suppressed::add);

        assertThat(suppressed).containsExactly(0L, 2L, 0L);
    }
}
