package dev.latent.cli.recommending;

import dev.latent.v1.ItemFilter;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that restrict which items are eligible. */
final class FilterOptions {

    @Option(
            names = "--category",
            paramLabel = "NAME",
            split = ",",
            description = "Only items in one of these categories; may be repeated.")
    private List<String> categories = List.of();

    @Option(names = "--allow", paramLabel = "ITEM", split = ",", description = "Only these items; may be repeated.")
    private List<String> allowed = List.of();

    @Option(names = "--deny", paramLabel = "ITEM", split = ",", description = "Never these items; may be repeated.")
    private List<String> denied = List.of();

    ItemFilter toProto() {
        return ItemFilter.newBuilder()
                .addAllCategories(categories)
                .addAllAllowedItemIds(allowed)
                .addAllDeniedItemIds(denied)
                .build();
    }
}
