package dev.latent.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of hyperparameters: completed, checked, typed. */
final class HyperparametersTest {

    private static final List<Hyperparameter> DECLARED = List.of(
            new Hyperparameter.OfInteger("factors", "Length of a vector.", 64, 1, 4096, Scale.LOG),
            new Hyperparameter.OfReal("rate", "Step.", 0.1, 0, 2.5, Scale.LOG),
            new Hyperparameter.OfChoice("loss", "What is descended.", "bpr", List.of("squared", "bpr")),
            new Hyperparameter.OfFlag("biased", "Whether biases are learnt.", true));

    @Test
    void missingValues_areTheDefaultsInOrderOfDeclaration() {
        Hyperparameters resolved = Hyperparameters.resolve(DECLARED, Map.of("loss", "squared"));
        assertThat(resolved.asMap())
                .containsExactly(
                        Map.entry("factors", "64"),
                        Map.entry("rate", "0.1"),
                        Map.entry("loss", "squared"),
                        Map.entry("biased", "true"));
        assertThat(resolved.integer("factors")).isEqualTo(64);
        assertThat(resolved.int32("factors")).isEqualTo(64);
        assertThat(resolved.real("rate")).isEqualTo(0.1);
        assertThat(resolved.choice("loss")).isEqualTo("squared");
        assertThat(resolved.flag("biased")).isTrue();
        assertThat(resolved).hasToString("{factors=64, rate=0.1, loss=squared, biased=true}");
    }

    @ParameterizedTest
    @CsvSource({
        "factors, 1",
        "factors, 4096",
        "factors, +7",
        "rate, 0",
        "rate, 2.5",
        "rate, 1e-9",
        "rate, -0.0",
        "loss, bpr",
        "biased, false"
    })
    void valueWithinRange_isAccepted(String name, String text) {
        assertThat(Hyperparameters.resolve(DECLARED, Map.of(name, text)).asMap())
                .containsEntry(name, text);
    }

    @ParameterizedTest
    @CsvSource({
        "factors, 0, integer from 1 to 4096",
        "factors, 4097, integer from 1 to 4096",
        "factors, 1.5, integer from 1 to 4096",
        "factors, 99999999999999999999, integer from 1 to 4096",
        "factors, '', integer from 1 to 4096",
        "rate, -0.001, number from 0.0 to 2.5",
        "rate, 2.5000001, number from 0.0 to 2.5",
        "rate, NaN, number from 0.0 to 2.5",
        "rate, 1d, number from 0.0 to 2.5",
        "rate, 0x1p0, number from 0.0 to 2.5",
        "rate, ' 1 ', number from 0.0 to 2.5",
        "rate, Infinity, number from 0.0 to 2.5",
        "rate, much, number from 0.0 to 2.5",
        "loss, hinge, 'one of squared, bpr'",
        "loss, BPR, 'one of squared, bpr'",
        "biased, yes, true or false",
        "biased, TRUE, true or false"
    })
    void valueOutOfRange_isRefusedWithNameValueAndRange(String name, String text, String range) {
        assertThatThrownBy(() -> Hyperparameters.resolve(DECLARED, Map.of(name, text)))
                .isInstanceOf(InvalidHyperparametersException.class)
                .hasMessageContainingAll("Hyperparameter '" + name + "'", "'" + text + "' is not", range);
    }

    @Test
    void allViolations_areNamedAtOnce() {
        assertThatThrownBy(
                        () -> Hyperparameters.resolve(DECLARED, Map.of("factors", "0", "rate", "much", "depth", "3")))
                .isInstanceOfSatisfying(
                        InvalidHyperparametersException.class,
                        e -> assertThat(e.violations())
                                .extracting(InvalidHyperparametersException.Violation::name)
                                .containsExactlyInAnyOrder("factors", "rate", "depth"))
                .hasMessageContaining("no such hyperparameter; the algorithm declares factors, rate, loss, biased");
    }

    @Test
    void valueOfAnotherType_cannotBeRead() {
        Hyperparameters resolved = Hyperparameters.resolve(DECLARED, Map.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolved.real("factors"))
                .withMessageContainingAll("'factors'", "OfReal", "integer from 1 to 4096");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> resolved.integer("depth"))
                .withMessageContainingAll("'depth'", "nothing");
    }

    @Test
    void integerBeyond32Bits_isNotCut() {
        List<Hyperparameter> declared =
                List.of(new Hyperparameter.OfInteger("samples", "Many.", 1, 1, 1L << 40, Scale.LINEAR));
        Hyperparameters resolved = Hyperparameters.resolve(declared, Map.of("samples", "4294967296"));
        assertThat(resolved.integer("samples")).isEqualTo(4_294_967_296L);
        assertThatThrownBy(() -> resolved.int32("samples")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void asMap_cannotBeChanged() {
        Map<String, String> map = Hyperparameters.resolve(DECLARED, Map.of()).asMap();
        assertThatThrownBy(() -> map.put("factors", "1")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void declarationThatContradictsItself_isRefused() {
        assertDeclarationRefused(
                () -> new Hyperparameter.OfInteger("depth", "Digs.", 9, 1, 3, Scale.LINEAR),
                "default outside its range");
        assertDeclarationRefused(
                () -> new Hyperparameter.OfInteger("depth", "Digs.", 1, 0, 3, Scale.LOG), "needs a minimum above 0");
        assertDeclarationRefused(
                () -> new Hyperparameter.OfReal("depth", "Digs.", Double.NaN, 0, 3, Scale.LINEAR),
                "default outside its range");
        assertDeclarationRefused(
                () -> new Hyperparameter.OfReal("depth", "Digs.", 1, 0, Double.POSITIVE_INFINITY, Scale.LINEAR),
                "range must be finite");
        assertDeclarationRefused(
                () -> new Hyperparameter.OfReal("depth", "Digs.", -1, -2, 0, Scale.LOG), "needs values above 0");
        assertDeclarationRefused(
                () -> new Hyperparameter.OfChoice("depth", "Digs.", "deep", List.of("flat")), "not one of the choices");
        assertDeclarationRefused(() -> new Hyperparameter.OfFlag("depth", " ", true), "description is blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hyperparameter.OfFlag("Depth", "Digs.", true))
                .withMessageContaining("'Depth': name must match");
    }

    private static void assertDeclarationRefused(Supplier<Hyperparameter> declaration, String problem) {
        assertThatIllegalArgumentException().isThrownBy(declaration::get).withMessageContainingAll("'depth'", problem);
    }
}
