package dev.latent.server.serving;

import dev.latent.models.Alias;
import dev.latent.models.LedgerEntry;
import dev.latent.models.ModelDefinition;
import dev.latent.models.ModelStore;
import dev.latent.server.datasets.DatasetChanges;
import dev.latent.server.errors.ApiException;
import dev.latent.server.errors.ErrorMapping;
import io.grpc.Status.Code;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All versions in service, by model and alias.
 *
 * <p>An alias moves in three steps under the model's lock: the version is opened and warmed, the store records the move
 * (compare-and-set, durable), and the view is swapped by one reference. A failure before the last step leaves everything
 * as it was. Requests take a view without a lock and never wait for a load. Thread-safe.
 */
public final class ServingModels implements AutoCloseable {

    /** The alias that answers by default. */
    public static final String LIVE = "live";

    private static final Logger LOG = LoggerFactory.getLogger(ServingModels.class);

    private final ModelStore store;
    private final ViewLoader loader;
    private final ServingEvents events;
    private final Map<String, ModelSlots> models = new ConcurrentHashMap<>();
    private final List<Consumer<SortedMap<String, Boolean>>> listeners = new CopyOnWriteArrayList<>();

    /** Serves nothing until {@link #loadAll}. */
    @Inject
    ServingModels(ModelStore store, ViewLoader loader, ServingEvents events, DatasetChanges changes) {
        this.store = store;
        this.loader = loader;
        this.events = events;
        changes.addListener(new Refresh());
    }

    /**
     * Opens what every alias points to. One that cannot be opened is logged and answered by the version before it in the
     * ledger that can; the others are not affected.
     */
    public void loadAll() {
        for (ModelDefinition definition : store.list()) {
            ModelSlots slots = slots(definition);
            slots.moves().lock();
            try {
                store.aliases(definition.name()).forEach(alias -> restore(definition.name(), slots, alias));
            } finally {
                slots.moves().unlock();
            }
        }
        tellListeners();
    }

    private ModelSlots slots(ModelDefinition definition) {
        return models.computeIfAbsent(definition.name(), _ -> new ModelSlots(definition));
    }

    private void restore(String model, ModelSlots slots, Alias alias) {
        AliasSlot slot = slots.slot(alias.name());
        slot.loading(alias.version());
        String problem = "";
        for (int version : candidates(model, alias)) {
            long start = System.nanoTime();
            try {
                ServingView view = loader.load(model, version);
                AliasStatus.State state =
                        version == alias.version() ? AliasStatus.State.SERVING : AliasStatus.State.FAILED;
                swap(slot, view, new AliasStatus(state, alias.version(), version, problem));
                swapped(model, alias.name(), version, start);
                return;
            } catch (RuntimeException e) {
                problem = problem.isEmpty() ? message(e) : problem;
                LOG.error(
                        "model {} alias {}: version {} cannot be served: {}", model, alias.name(), version, message(e));
                events.loadFailed(model, alias.name(), version);
            }
        }
        slot.failed(alias.version(), problem);
    }

    /** The alias's version, then those it pointed to before, latest first. */
    private Set<Integer> candidates(String model, Alias alias) {
        Set<Integer> versions = new LinkedHashSet<>();
        versions.add(alias.version());
        List<LedgerEntry> entries = store.ledger(model).entries();
        for (LedgerEntry entry : entries.reversed()) {
            if (entry.alias().equals(alias.name()) && entry.version() > 0) {
                versions.add(entry.version());
            }
        }
        return versions;
    }

    private void swapped(String model, String alias, int version, long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        LOG.info("model {} alias {}: serving version {} after {} ms", model, alias, version, took.toMillis());
        events.swapped(model, alias, version, took);
    }

    /**
     * Takes the view that answers for an alias.
     *
     * @return held for the caller, who releases it
     * @throws ApiException NOT_FOUND or FAILED_PRECONDITION when nothing answers
     */
    ServingView hold(String model, String alias) {
        ModelSlots slots = models.get(model);
        AliasSlot slot = slots == null ? null : slots.find(alias);
        ServingView view = slot == null ? null : slot.hold();
        if (view == null) {
            throw nothingAnswers(model, alias, slots, slot);
        }
        return view;
    }

    private static ApiException nothingAnswers(
            String model, String alias, @Nullable ModelSlots slots, @Nullable AliasSlot slot) {
        if (slots == null) {
            return ApiException.notFound("model", model, "create it by training it: latent train " + model);
        }
        if (slot == null && !alias.equals(LIVE)) {
            return ApiException.notFound("alias", model + "@" + alias, "promote a version to it first");
        }
        String why = slot == null
                ? "no version was promoted"
                : "version " + slot.status().target() + " is " + slot.status().state() + " "
                        + slot.status().reason();
        return ApiException.of(
                Code.FAILED_PRECONDITION,
                "NO_LIVE_VERSION",
                "Model '" + model + "' has nothing to answer with for alias '" + alias + "': " + why
                        + "; promote a version: latent promote " + model + " VERSION",
                Map.of("model", model, "alias", alias));
    }

    /** Whether a model answers users without a usable history by an error. */
    boolean refusesUnknownUsers(String model) {
        ModelSlots slots = models.get(model);
        return slots != null && slots.refusesUnknownUsers();
    }

    /** Hears of what happens on the request path. */
    ServingEvents events() {
        return events;
    }

    /**
     * Points an alias to a version: opens and warms it, records the move, swaps.
     *
     * @return where the alias points now
     */
    public Alias promote(
            String model, String alias, int version, OptionalLong expectedGeneration, String actor, String reason) {
        return move(model, alias, "promote", slots -> {
            ServingView view = loader.load(model, version);
            return recorded(
                    view,
                    slots.slot(alias),
                    () -> store.promote(model, alias, version, expectedGeneration, actor, reason));
        });
    }

    /**
     * Points an alias back to the version before, by the store's rule: the latest different one that still opens.
     *
     * @return where the alias points now
     */
    public Alias rollback(String model, String alias, OptionalLong expectedGeneration, String actor, String reason) {
        return move(model, alias, "rollback", slots -> {
            int version = store.rollbackTarget(model, alias);
            ServingView view = loader.load(model, version);
            return recorded(
                    view, slots.slot(alias), () -> store.rollback(model, alias, expectedGeneration, actor, reason));
        });
    }

    private Alias recorded(ServingView view, AliasSlot slot, Supplier<Alias> record) {
        Alias moved;
        try {
            moved = record.get();
        } catch (RuntimeException e) {
            view.release();
            throw e;
        }
        swap(slot, view, new AliasStatus(AliasStatus.State.SERVING, moved.version(), view.number(), ""));
        return moved;
    }

    /** Item records may have changed between the load and the swap, where {@link Refresh} did not see the view. */
    private void swap(AliasSlot slot, ServingView view, AliasStatus status) {
        slot.swap(view, status);
        slot.renew(loader::isStale, loader::renew);
    }

    private Alias move(String model, String alias, String action, Function<ModelSlots, Alias> step) {
        long start = System.nanoTime();
        ModelSlots slots = slots(store.get(model));
        slots.moves().lock();
        try {
            Alias moved = step.apply(slots);
            swapped(model, alias, moved.version(), start);
            events.moved(model, action, "ok");
            return moved;
        } catch (RuntimeException e) {
            LOG.warn("model {} alias {}: {} refused: {}", model, alias, action, message(e));
            events.moved(model, action, "refused");
            throw e;
        } finally {
            slots.moves().unlock();
            tellListeners();
        }
    }

    /** Takes in a changed definition, or a new model. */
    public void modelChanged(String model) {
        store.find(model).ifPresent(definition -> slots(definition).define(definition));
        tellListeners();
    }

    /**
     * Serves a model no more; requests under way end undisturbed.
     *
     * @param delete removes the model from the store while no alias of it can move
     */
    public void remove(String model, Runnable delete) {
        ModelSlots slots = slots(store.get(model));
        slots.moves().lock();
        try {
            delete.run();
            models.remove(model);
            slots.all().forEach((alias, slot) -> {
                slot.clear();
                events.removed(model, alias);
            });
        } finally {
            slots.moves().unlock();
            tellListeners();
        }
    }

    /** Whether what an alias points to answers; LOADING with target 0 when the alias is not known. */
    public AliasStatus status(String model, String alias) {
        ModelSlots slots = models.get(model);
        AliasSlot slot = slots == null ? null : slots.find(alias);
        return slot == null ? new AliasStatus(AliasStatus.State.LOADING, 0, 0, "") : slot.status();
    }

    /**
     * Adds a listener and tells it the state of now.
     *
     * @param listener hears after each change which models answer under {@link #LIVE}; models without such an alias are
     *     not named
     */
    public void addListener(Consumer<SortedMap<String, Boolean>> listener) {
        listeners.add(listener);
        listener.accept(liveModels());
    }

    /** Which models answer under {@link #LIVE}; models without such an alias are not named. */
    public SortedMap<String, Boolean> liveModels() {
        SortedMap<String, Boolean> live = new TreeMap<>();
        models.forEach((model, slots) -> {
            AliasSlot slot = slots.find(LIVE);
            if (slot != null && slot.status().target() > 0) {
                live.put(model, slot.status().answers());
            }
        });
        return live;
    }

    private void tellListeners() {
        SortedMap<String, Boolean> live = liveModels();
        listeners.forEach(listener -> listener.accept(live));
    }

    private static String message(RuntimeException e) {
        return ErrorMapping.statusOf(e).getMessage();
    }

    /** Lets go of all views. */
    @Override
    public void close() {
        models.values().forEach(slots -> slots.all().values().forEach(AliasSlot::clear));
        models.clear();
    }

    /** Keeps what views remember of their dataset true. */
    private final class Refresh implements DatasetChanges.Listener {

        @Override
        public void userChanged(String dataset, String userId) {
            forEachView(dataset, view -> view.forgetUser(userId));
        }

        @Override
        public void itemsChanged(String dataset) {
            for (ModelSlots slots : models.values()) {
                for (AliasSlot slot : slots.all().values()) {
                    slot.renew(view -> view.dataset().equals(dataset), loader::renew);
                }
            }
        }

        @Override
        public void datasetChanged(String dataset) {
            forEachView(dataset, ServingView::forgetUsers);
            itemsChanged(dataset);
        }

        private void forEachView(String dataset, Consumer<ServingView> step) {
            for (ModelSlots slots : models.values()) {
                for (AliasSlot slot : slots.all().values()) {
                    ServingView view = slot.hold();
                    if (view != null) {
                        try {
                            if (view.dataset().equals(dataset)) {
                                step.accept(view);
                            }
                        } finally {
                            view.release();
                        }
                    }
                }
            }
        }
    }
}
