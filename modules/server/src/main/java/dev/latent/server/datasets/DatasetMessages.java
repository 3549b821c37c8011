package dev.latent.server.datasets;

import com.google.protobuf.Timestamp;
import dev.latent.interactions.DatasetStats;
import dev.latent.interactions.ImportResult;
import dev.latent.interactions.InteractionStore;
import dev.latent.interactions.InvalidValueException;
import dev.latent.interactions.ItemRecord;
import dev.latent.interactions.UserRecord;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.FieldChecks;
import dev.latent.v1.Dataset;
import dev.latent.v1.ImportProblem;
import dev.latent.v1.ImportedFile;
import dev.latent.v1.Item;
import dev.latent.v1.RepeatPolicy;
import dev.latent.v1.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Translates between the interaction store and the contract. */
final class DatasetMessages {

    private DatasetMessages() {}

    static Dataset dataset(dev.latent.interactions.Dataset dataset, InteractionStore store) {
        DatasetStats stats = store.stats(dataset.name());
        return Dataset.newBuilder()
                .setName(dataset.name())
                .setRepeatPolicy(
                        switch (dataset.policy()) {
                            case LAST -> RepeatPolicy.REPEAT_POLICY_LAST;
                            case SUM -> RepeatPolicy.REPEAT_POLICY_SUM;
                            case MAX -> RepeatPolicy.REPEAT_POLICY_MAX;
                        })
                .setCreateTime(time(dataset.created()))
                .setUserCount(stats.users())
                .setItemCount(Math.max(stats.items(), stats.itemRecords()))
                .setInteractionCount(stats.interactions())
                .setUserRecordCount(stats.userRecords())
                .build();
    }

    private static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    static dev.latent.interactions.RepeatPolicy policy(String field, RepeatPolicy policy) {
        return switch (policy) {
            case REPEAT_POLICY_UNSPECIFIED, REPEAT_POLICY_LAST -> dev.latent.interactions.RepeatPolicy.LAST;
            case REPEAT_POLICY_SUM -> dev.latent.interactions.RepeatPolicy.SUM;
            case REPEAT_POLICY_MAX -> dev.latent.interactions.RepeatPolicy.MAX;
            case UNRECOGNIZED ->
                throw ApiException.invalid(
                        field, "is not known, expected REPEAT_POLICY_LAST, REPEAT_POLICY_SUM or REPEAT_POLICY_MAX");
        };
    }

    /** Reads item records; what is wrong with them goes to the checks. */
    static List<ItemRecord> items(List<Item> messages, FieldChecks checks) {
        List<ItemRecord> items = new ArrayList<>(messages.size());
        for (int index = 0; index < messages.size(); index++) {
            Item message = messages.get(index);
            try {
                items.add(new ItemRecord(
                        message.getId(),
                        message.getTitle(),
                        message.getCategoriesList(),
                        message.getAttributesMap(),
                        !message.getUnavailable()));
            } catch (InvalidValueException e) {
                checks.require(false, "items[" + index + "]." + e.field(), e.reason());
            }
        }
        return items;
    }

    /** Reads user records; what is wrong with them goes to the checks. */
    static List<UserRecord> users(List<User> messages, FieldChecks checks) {
        List<UserRecord> users = new ArrayList<>(messages.size());
        for (int index = 0; index < messages.size(); index++) {
            User message = messages.get(index);
            try {
                users.add(new UserRecord(message.getId(), message.getCategoriesList(), message.getAttributesMap()));
            } catch (InvalidValueException e) {
                checks.require(false, "users[" + index + "]." + e.field(), e.reason());
            }
        }
        return users;
    }

    static User user(UserRecord user) {
        return User.newBuilder()
                .setId(user.id())
                .addAllCategories(user.categories())
                .putAllAttributes(user.attributes())
                .build();
    }

    static Item item(ItemRecord item) {
        return Item.newBuilder()
                .setId(item.id())
                .setTitle(item.title())
                .addAllCategories(item.categories())
                .putAllAttributes(item.attributes())
                .setUnavailable(!item.available())
                .build();
    }

    /**
     * One message a file. Interactions come from the first, user records from the file of users, item records from the last
     * of the others; see {@link ImportResult}.
     */
    static List<ImportedFile> files(ImportResult result) {
        List<ImportedFile> files = new ArrayList<>();
        boolean users = ImportResult.isOfUsers(result.files().getLast());
        int last = result.files().size() - (users ? 2 : 1);
        for (int index = 0; index < result.files().size(); index++) {
            String name = result.files().get(index);
            files.add(ImportedFile.newBuilder()
                    .setName(name)
                    .setState(state(result.state()))
                    .setInteractionCount(index == 0 ? result.interactions() : 0)
                    .setItemCount(index == last ? result.itemRecords() : 0)
                    .setUserCount(index > last ? result.userRecords() : 0)
                    .setProblemCount(problemCount(result, name))
                    .addAllProblems(problems(result, name))
                    .build());
        }
        return files;
    }

    private static ImportedFile.State state(ImportResult.State state) {
        return switch (state) {
            case IMPORTED -> ImportedFile.State.STATE_IMPORTED;
            case ALREADY_IMPORTED -> ImportedFile.State.STATE_UNCHANGED;
            case REFUSED -> ImportedFile.State.STATE_REFUSED;
        };
    }

    /** Problems are found in the order of the files, so those beyond the listed ones are counted to the last listed. */
    private static long problemCount(ImportResult result, String file) {
        List<dev.latent.interactions.ImportProblem> listed = result.problems();
        long count =
                listed.stream().filter(problem -> problem.file().equals(file)).count();
        boolean holdsRest = !listed.isEmpty() && listed.getLast().file().equals(file);
        return holdsRest ? count + result.problemCount() - listed.size() : count;
    }

    private static List<ImportProblem> problems(ImportResult result, String file) {
        return result.problems().stream()
                .filter(problem -> problem.file().equals(file))
                .map(problem -> ImportProblem.newBuilder()
                        .setFile(problem.file())
                        .setLine(problem.line())
                        .setColumn(problem.column() == 0 ? "" : Integer.toString(problem.column()))
                        .setReason(problem.reason())
                        .build())
                .toList();
    }
}
