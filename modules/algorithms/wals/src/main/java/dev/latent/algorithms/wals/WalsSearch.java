package dev.latent.algorithms.wals;

import dev.latent.spi.Hyperparameter;
import dev.latent.spi.Hyperparameters;
import dev.latent.spi.Scale;
import dev.latent.spi.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a tuner should try. For implicit feedback α0, λ, ν and the number of factors, as Rendle, Krichene, Zhang, Koren do
 * (Revisiting the Performance of iALS on Item Recommendation Benchmarks, RecSys 2022, section 4). Their λ* is here
 * {@value WalsOptions#REGULARIZATION_SCALE}, a multiple of the λ that {@link AutomaticRegularization} chooses for the data, α0
 * and ν at hand, so that one range suits all of them.
 */
final class WalsSearch {

    private static final int FEWEST_FACTORS = 16;
    private static final int MOST_FACTORS = 512;

    /** Of the latest interactions of a user, what mostly did well. */
    private static final String RECENT = "2";

    /** Where among the starting points the one with normalised items comes. */
    private static final int NORMALIZED_PLACE = 2;

    /** What a given λ is searched within: this many times more and less. */
    private static final double AROUND_GIVEN = 30;

    private WalsSearch() {}

    /** The ranges for any data. */
    static List<Hyperparameter> space(Hyperparameters base) {
        return space(base, MOST_FACTORS, ValueSpread.WIDE, true);
    }

    /** The ranges for some data. */
    static List<Hyperparameter> space(Hyperparameters base, Snapshot snapshot) {
        return space(base, mostFactors(snapshot), spread(base, snapshot), isTimed(snapshot));
    }

    /** As many as items: all that their vectors can differ in. */
    private static int mostFactors(Snapshot snapshot) {
        return Math.clamp(snapshot.itemCount(), FEWEST_FACTORS, MOST_FACTORS);
    }

    private static boolean isTimed(Snapshot snapshot) {
        return snapshot.byUser().times().byteSize() > 0;
    }

    private static ValueSpread spread(Hyperparameters base, Snapshot snapshot) {
        return ValueSpread.of(snapshot, base.real(WalsOptions.MINIMUM_VALUE));
    }

    private static List<Hyperparameter> space(
            Hyperparameters base, int mostFactors, ValueSpread spread, boolean isTimed) {
        List<Hyperparameter> space = new ArrayList<>();
        space.add(choice(WalsOptions.FACTORS, factors(mostFactors)));
        space.add(regularization(base.real(WalsOptions.REGULARIZATION)));
        space.add(real(WalsOptions.EXPONENT, 1, 0, 1, Scale.LINEAR));
        if (WalsOptions.isExplicit(base)) {
            return space;
        }
        space.add(real(WalsOptions.UNOBSERVED_WEIGHT, 0.1, 0.003, 10, Scale.LOG));
        space.add(real(WalsOptions.USER_WEIGHT_EXPONENT, 0, -0.5, 1, Scale.LINEAR));
        if (base.real(WalsOptions.ITEM_WEIGHT_EXPONENT) == 0) {
            space.add(real(WalsOptions.ITEM_NORMALIZATION, 0, 0, 1, Scale.LINEAR));
        }
        if (isTimed) {
            space.add(choice(WalsOptions.RECENCY_HALF_LIFE, List.of("0", "1", RECENT, "5", "10", "30")));
        }
        if (spread != ValueSpread.EQUAL) {
            space.add(choice(WalsOptions.ALPHA, List.of("0", "0.5", "1.5", "5")));
            space.add(choice(WalsOptions.CONFIDENCE, List.of(confidence(spread))));
        }
        return space;
    }

    private static List<String> factors(int most) {
        return IntStream.iterate(FEWEST_FACTORS, count -> count <= most, count -> 2 * count)
                .mapToObj(Integer::toString)
                .toList();
    }

    private static Hyperparameter regularization(double given) {
        return given > 0
                ? real(
                        WalsOptions.REGULARIZATION,
                        given,
                        given / AROUND_GIVEN,
                        Math.min(WalsOptions.STRONGEST, given * AROUND_GIVEN),
                        Scale.LOG)
                : real(WalsOptions.REGULARIZATION_SCALE, 1, 0.1, 30, Scale.LOG);
    }

    private static String confidence(ValueSpread spread) {
        return spread == ValueSpread.WIDE ? WalsOptions.LOGARITHMIC : WalsOptions.LINEAR;
    }

    /** Settings that did well on other data, with as many factors as there may be. */
    static List<Map<String, String>> starts(Hyperparameters base, Snapshot snapshot) {
        if (WalsOptions.isExplicit(base) || base.real(WalsOptions.REGULARIZATION) > 0) {
            return List.of();
        }
        int most = mostFactors(snapshot);
        List<Map<String, String>> starts = new ArrayList<>();
        if (spread(base, snapshot) == ValueSpread.WIDE) {
            Map<String, String> counted = plain(most, 512, "1.5", "1", "0");
            counted.put(WalsOptions.ALPHA, "1.5");
            counted.put(WalsOptions.CONFIDENCE, WalsOptions.LOGARITHMIC);
            starts.add(counted);
        }
        starts.add(plain(most, 256, "2", "1", "0"));
        starts.add(plain(most, 128, "8", "0.01", "0.5"));
        starts.add(plain(most, 128, "5", "0.1", "0.5"));
        starts.add(plain(most, 512, "1", "1", "0"));
        Map<String, String> scaled = plain(most, 128, "1.2", "0.1", "0");
        scaled.put(WalsOptions.EXPONENT, "1");
        starts.add(scaled);
        if (base.real(WalsOptions.ITEM_WEIGHT_EXPONENT) == 0) {
            Map<String, String> normalized = plain(most, 256, "0.8", "10", "0");
            normalized.put(WalsOptions.ITEM_NORMALIZATION, "1");
            starts.add(Math.min(NORMALIZED_PLACE, starts.size()), normalized);
        }
        if (isTimed(snapshot)) {
            starts.forEach(start -> start.put(WalsOptions.RECENCY_HALF_LIFE, RECENT));
        }
        return starts;
    }

    /** One λ for all rows. */
    private static Map<String, String> plain(
            int most, int factors, String scale, String unobservedWeight, String userExponent) {
        List<String> lengths = factors(most);
        String longest = lengths.getLast();
        String length = Integer.toString(factors);
        Map<String, String> start = new TreeMap<>();
        start.put(WalsOptions.FACTORS, lengths.contains(length) ? length : longest);
        start.put(WalsOptions.EXPONENT, "0");
        start.put(WalsOptions.REGULARIZATION_SCALE, scale);
        start.put(WalsOptions.UNOBSERVED_WEIGHT, unobservedWeight);
        start.put(WalsOptions.USER_WEIGHT_EXPONENT, userExponent);
        return start;
    }

    private static Hyperparameter choice(String name, List<String> values) {
        return new Hyperparameter.OfChoice(name, "Values worth trying.", values.get(values.size() / 2), values);
    }

    private static Hyperparameter real(String name, double standIn, double low, double high, Scale scale) {
        return new Hyperparameter.OfReal(name, "Values worth trying.", standIn, low, high, scale);
    }
}
