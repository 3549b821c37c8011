package dev.latent.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.latent.spi.Algorithm;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The contract passes a sound algorithm and fails each broken one in exactly the tests of what it broke. Half of the time
 * it waits for runs to get somewhere, so several contracts run at once.
 */
@Execution(ExecutionMode.CONCURRENT)
final class AlgorithmContractTest {

    @Test
    void soundAlgorithm_passes() {
        Outcome outcome = launch(new SoundAlgorithm());
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.passed()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void brokenAlgorithm_failsInTheTestsOfItsBreach(Algorithm broken, Set<String> expected) {
        assertThat(launch(broken).failed()).isEqualTo(expected);
    }

    static Stream<Arguments> breaches() {
        return Stream.of(
                breach(
                        new BrokenAlgorithms.NotFinite(),
                        "anySeed_givesASoundModel",
                        "reopenedModel_scoresTheSame",
                        "stop_endsTrainingWithThatVeryModel"),
                breach(new BrokenAlgorithms.IgnoresCancellation(), "cancelledFromTheStart_trainsNothing"),
                breach(new BrokenAlgorithms.CancelsLate(), "cancelledInItsMidst_endsWithinASecond"),
                breach(
                        new BrokenAlgorithms.ThreadDependent(),
                        "sameSeed_givesTheSameBytesAtAnyThreadCount",
                        "sparseData_givesTheSameBytesAtAnyThreadCount"),
                breach(
                        new BrokenAlgorithms.Unseeded(),
                        "sameSeed_givesTheSameBytesAtAnyThreadCount",
                        "sparseData_givesTheSameBytesAtAnyThreadCount",
                        "concurrentRuns_giveTheBytesOfRunsAlone"),
                breach(new BrokenAlgorithms.SharedState(), "concurrentRuns_giveTheBytesOfRunsAlone"),
                breach(new BrokenAlgorithms.IgnoresStop(), "stop_endsTrainingWithThatVeryModel"),
                breach(new BrokenAlgorithms.ReturnsAnother(), "stop_endsTrainingWithThatVeryModel"),
                breach(
                        new BrokenAlgorithms.Silent(),
                        "sweeps_areNumberedAndFinite",
                        "stop_endsTrainingWithThatVeryModel"),
                breach(new BrokenAlgorithms.Miscounts(), withDegenerate("sweeps_areNumberedAndFinite")),
                breach(new BrokenAlgorithms.LossNotFinite(), withDegenerate("sweeps_areNumberedAndFinite")),
                breach(new BrokenAlgorithms.NeedsItems(), "emptySnapshot_trains"),
                breach(new BrokenAlgorithms.NeedsTwoItems(), "oneItem_trains", "oneUser_trains"),
                breach(
                        new BrokenAlgorithms.NeedsTwoUsers(),
                        "oneUser_trains",
                        "sparseData_givesTheSameBytesAtAnyThreadCount"),
                breach(new BrokenAlgorithms.NeedsDifferentValues(), "equalValues_train"),
                breach(new BrokenAlgorithms.NeedsOneBlock(), "disconnectedBlocks_train"),
                breach(new BrokenAlgorithms.NeedsInteractions(), "usersAndItemsWithoutInteractions_train"),
                breach(new BrokenAlgorithms.NeedsRankBelowUsers(), "integersAboveTheData_train"),
                breach(new BrokenAlgorithms.Overflows(), "extremeValues_trainOrAreNamed"),
                breach(new BrokenAlgorithms.NamesNothing(), "extremeValues_trainOrAreNamed"),
                breach(
                        new BrokenAlgorithms.ThreadDependentWhenSparse(),
                        "sparseData_givesTheSameBytesAtAnyThreadCount"),
                breach(
                        new BrokenAlgorithms.IgnoresBudget(),
                        "memoryBudget_allowsTheEstimateAndLessIsRefusedWithTheFigure"),
                breach(
                        new BrokenAlgorithms.Underestimates(),
                        "memoryBudget_allowsTheEstimateAndLessIsRefusedWithTheFigure"),
                breach(
                        new BrokenAlgorithms.CountsInInt(),
                        "estimateOfBillionsOfInteractions_isCountedWithoutAllocating"),
                breach(
                        new BrokenAlgorithms.WrongShape(),
                        withDegenerate(
                                "anySeed_givesASoundModel",
                                "extremeValues_trainOrAreNamed",
                                "stop_endsTrainingWithThatVeryModel",
                                "valuesAtTheEndsOfTheRange_trainOrAreNamed")),
                breach(
                        new BrokenAlgorithms.ConfinedMemory(),
                        withDegenerate(
                                "anySeed_givesASoundModel",
                                "concurrentRuns_giveTheBytesOfRunsAlone",
                                "extremeValues_trainOrAreNamed",
                                "reopenedModel_scoresTheSame",
                                "sameSeed_givesTheSameBytesAtAnyThreadCount",
                                "sparseData_givesTheSameBytesAtAnyThreadCount",
                                "stop_endsTrainingWithThatVeryModel",
                                "valuesAtTheEndsOfTheRange_trainOrAreNamed")),
                breach(new BrokenDeclarations.SearchesTooWide(), "searchSpace_isWithinTheAcceptedRanges"),
                breach(new BrokenDeclarations.StartsOutside(), "startingPoints_areInTheSearchSpace"),
                breach(new BrokenDeclarations.RangeTooWide(), "valuesAtTheEndsOfTheRange_trainOrAreNamed"),
                breach(new BrokenDeclarations.RangeWithAHole(), "valuesAtTheEndsOfTheRange_trainOrAreNamed"),
                breach(
                        new BrokenDeclarations.DeclaresTwice(),
                        "declarations_areValid",
                        "valuesOutOfRange_areRefusedByName"),
                breach(new BrokenDeclarations.BadName(), "declarations_areValid"),
                breach(new BrokenDeclarations.NoTask(), "declarations_areValid"),
                breach(new BrokenDeclarations.NotPublic(), "serviceLoader_canInstantiateTheClass"),
                breach(
                        new BrokenAlgorithms.LeavesThread(),
                        "threads_endWithTheRun",
                        "cancelledInItsMidst_endsWithinASecond"),
                breach(new BrokenAlgorithms.Forgetful(), "reopenedModel_scoresTheSame"));
    }

    private static Arguments breach(Algorithm broken, String... expected) {
        return arguments(broken, new TreeSet<>(Set.of(expected)));
    }

    private static String[] withDegenerate(String... others) {
        return Stream.concat(
                        Stream.of(others),
                        Stream.of(
                                "disconnectedBlocks_train",
                                "emptySnapshot_trains",
                                "equalValues_train",
                                "integersAboveTheData_train",
                                "oneItem_trains",
                                "oneUser_trains",
                                "usersAndItemsWithoutInteractions_train"))
                .toArray(String[]::new);
    }

    private record Outcome(Set<String> passed, Set<String> failed) {}

    private static Outcome launch(Algorithm algorithm) {
        LaunchedContract.SUBJECT.set(algorithm);
        Outcome outcome = new Outcome(new TreeSet<>(), new TreeSet<>());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(LaunchedContract.class))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
                    (passed ? outcome.passed() : outcome.failed()).add(methodName(test));
                }
            }
        });
        return outcome;
    }

    private static String methodName(TestIdentifier test) {
        return test.getDisplayName().replace("()", "");
    }
}
