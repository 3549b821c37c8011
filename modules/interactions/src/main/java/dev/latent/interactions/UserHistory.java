package dev.latent.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One user's interactions, repeats of (item, type) combined by the dataset's policy; entries are in the order in which
 * each (item, type) first arrived. Immutable.
 */
public final class UserHistory {

    static final UserHistory EMPTY =
            new UserHistory(new int[0], new String[0], new float[0], new long[0], new String[0]);

    private final int[] itemNumbers;
    private final String[] itemIds;
    private final float[] values;
    private final long[] times;
    private final String[] types;

    UserHistory(int[] itemNumbers, String[] itemIds, float[] values, long[] times, String[] types) {
        this.itemNumbers = itemNumbers;
        this.itemIds = itemIds;
        this.values = values;
        this.times = times;
        this.types = types;
    }

    /**
     * Combines interactions that are given.
     *
     * @param interactions of one user, in the order of arrival
     * @param policy how repeats combine
     * @return what the store would answer
     */
    public static UserHistory of(List<Interaction> interactions, RepeatPolicy policy) {
        List<String> items = new ArrayList<>();
        List<String> types = new ArrayList<>();
        LocalIds itemNumbers = new LocalIds();
        LocalIds typeNumbers = new LocalIds();
        EntryTable table = new EntryTable();
        for (Interaction interaction : interactions) {
            int item = itemNumbers.add(interaction.itemId());
            int type = typeNumbers.add(interaction.type());
            table.add(RecordFormat.key(item, type), interaction.value(), interaction.time(), policy);
        }
        items.addAll(itemNumbers.ids());
        types.addAll(typeNumbers.ids());
        return of(table, items::get, types::get);
    }

    static UserHistory of(EntryTable table, IntFunction<String> itemId, IntFunction<String> typeName) {
        int size = table.size();
        int[] numbers = new int[size];
        String[] ids = new String[size];
        float[] values = new float[size];
        long[] times = new long[size];
        String[] types = new String[size];
        for (int entry = 0; entry < size; entry++) {
            numbers[entry] = RecordFormat.item(table.key(entry));
            ids[entry] = itemId.apply(numbers[entry]);
            values[entry] = table.value(entry);
            times[entry] = table.time(entry);
            types[entry] = typeName.apply(RecordFormat.type(table.key(entry)));
        }
        return new UserHistory(numbers, ids, values, times, types);
    }

    /**
     * Returns the number of entries.
     *
     * @return 0 for a user who is not known
     */
    public int size() {
        return itemIds.length;
    }

    /**
     * Returns whether the user has no interactions.
     *
     * @return true when the size is 0
     */
    public boolean isEmpty() {
        return itemIds.length == 0;
    }

    /**
     * Returns the item of an entry.
     *
     * @param entry from 0
     * @return its id; the same item may occur once with each type
     */
    public String itemId(int entry) {
        return itemIds[entry];
    }

    /**
     * Returns the combined value of an entry.
     *
     * @param entry from 0
     * @return finite
     */
    public float value(int entry) {
        return values[entry];
    }

    /**
     * Returns the time of an entry: that of the value for {@link RepeatPolicy#LAST}, else the latest.
     *
     * @param entry from 0
     * @return seconds since 1970 UTC, 0 when not known
     */
    public long time(int entry) {
        return times[entry];
    }

    /**
     * Returns the type of an entry.
     *
     * @param entry from 0
     * @return of the interactions that were combined
     */
    public String type(int entry) {
        return types[entry];
    }

    /**
     * Combines the types of each item as a training snapshot does: the value is the sum over types of weight × value,
     * the time the latest. Types that the weights leave out are left out.
     *
     * @param weights of the model that is asked
     * @return each item once, of the type {@code ""}
     */
    public UserHistory weighted(TypeWeights weights) {
        EntryTable table = new EntryTable(size());
        int[] first = new int[size()];
        for (int entry = 0; entry < size(); entry++) {
            double weight = weights.weight(types[entry]);
            if (weight != 0) {
                int before = table.size();
                table.add(itemNumbers[entry], weight * values[entry], times[entry], RepeatPolicy.SUM);
                if (table.size() > before) {
                    first[before] = entry;
                }
            }
        }
        return weighted(table, first);
    }

    private UserHistory weighted(EntryTable table, int[] first) {
        int size = table.size();
        int[] numbers = new int[size];
        String[] ids = new String[size];
        float[] sums = new float[size];
        long[] latest = new long[size];
        String[] noTypes = new String[size];
        Arrays.fill(noTypes, "");
        for (int entry = 0; entry < size; entry++) {
            numbers[entry] = (int) table.key(entry);
            ids[entry] = itemIds[first[entry]];
            sums[entry] = table.value(entry);
            latest[entry] = table.time(entry);
        }
        return new UserHistory(numbers, ids, sums, latest, noTypes);
    }
}
