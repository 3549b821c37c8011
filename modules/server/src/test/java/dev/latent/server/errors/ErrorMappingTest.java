package dev.latent.server.errors;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import io.grpc.Status.Code;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ErrorMappingTest {

    private static final int LIMIT_OF_HEADERS = 8_192;

    /** What the status takes in the trailers of a call: the message percent-encoded, the details in base 64. */
    private static int headerBytes(Status status) {
        int message = status.getMessage().chars().map(c -> c < 0x80 ? 1 : 9).sum();
        return message + status.getSerializedSize() * 4 / 3 + 200;
    }

    @Test
    void unforeseenException_isInternalAndShowsNothingOfItself() throws Exception {
        Status status = ErrorMapping.statusOf(new IllegalStateException("secret"));

        assertThat(status.getCode()).isEqualTo(Code.INTERNAL.value());
        assertThat(status.toString()).doesNotContain("secret");
        String incident = status.getDetails(0).unpack(ErrorInfo.class).getMetadataOrThrow("incident");
        assertThat(status.getMessage()).contains(incident);
    }

    @Test
    void hugeValuesInAnException_fitIntoHeaders() {
        String huge = "ü".repeat(100_000);
        Throwable refused = Assertions.catchThrowable(() -> Hyperparameters.resolve(
                List.<Hyperparameter>of(new Hyperparameter.OfFlag("loud", "Says so.", false)), Map.of("loud", huge)));

        Status status = ErrorMapping.statusOf(refused);

        assertThat(status.getCode()).isEqualTo(Code.INVALID_ARGUMENT.value());
        assertThat(headerBytes(status)).isLessThan(LIMIT_OF_HEADERS);
    }

    @Test
    void manyViolations_fitIntoHeaders() {
        FieldChecks checks = new FieldChecks();
        for (int index = 0; index < 10_000; index++) {
            checks.name("items[" + index + "].name", "x".repeat(10_000));
        }

        Status status = ErrorMapping.statusOf(Assertions.catchThrowable(checks::check));

        assertThat(headerBytes(status)).isLessThan(LIMIT_OF_HEADERS);
        assertThat(status.toString()).contains("items[0].name");
    }

    @Test
    void textWithPairsOfSurrogates_isNotCutInsideOne() {
        ApiException cause = ApiException.of(Code.ABORTED, "TEST", "\uD83D\uDE00".repeat(1_000), Map.of());

        String message = ErrorMapping.statusOf(cause).getMessage();

        assertThat(message.codePoints().limit(message.codePointCount(0, message.length()) - 1))
                .allMatch(point -> point == 0x1F600);
    }
}
