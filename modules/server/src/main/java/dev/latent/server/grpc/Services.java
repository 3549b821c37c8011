package dev.latent.server.grpc;

import dev.latent.server.algorithms.AlgorithmEndpoint;
import dev.latent.server.datasets.DatasetEndpoint;
import dev.latent.server.errors.ErrorInterceptor;
import dev.latent.server.health.HealthStates;
import dev.latent.server.interactions.InteractionEndpoint;
import dev.latent.server.models.ModelEndpoint;
import dev.latent.server.serving.RecommenderEndpoint;
import dev.latent.server.training.TrainingEndpoint;
import dev.latent.v1.InteractionServiceGrpc;
import dev.latent.v1.RecommenderServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every service with its interceptors. From the outside in: request id, errors, message checks, then the message is
 * parsed and its endpoint asked.
 */
public final class Services {

    /** Services whose handlers never wait. */
    static final Set<String> DIRECT = Set.of(RecommenderServiceGrpc.SERVICE_NAME, HealthGrpc.SERVICE_NAME);

    private static final String CONTRACT = "latent.v1.";
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private final OpenStreams streams = new OpenStreams();
    private final InteractionEndpoint interactions;
    private final List<ServerServiceDefinition> definitions;

    /** The endpoints of the contract. */
    record Endpoints(
            RecommenderEndpoint recommender,
            ModelEndpoint models,
            DatasetEndpoint datasets,
            InteractionEndpoint interactions,
            TrainingEndpoint training,
            AlgorithmEndpoint algorithms) {

        @Inject
        Endpoints {}

        private List<BindableService> all() {
            return List.of(recommender, models, datasets, interactions, training, algorithms);
        }
    }

    @Inject
    Services(Endpoints endpoints, HealthStates health, GrpcOptions options) {
        interactions = endpoints.interactions();
        RateLimit logged = new RateLimit(LOG_INTERVAL, System::nanoTime);
        RequestIds requestIds = new RequestIds();
        definitions = Stream.of(endpoints.all(), List.of(health.service()), reflection())
                .flatMap(List::stream)
                .map(service -> MessageChecks.asBytes(service.bindService()))
                .map(service -> endsItsStreams(service) ? service : ServerInterceptors.intercept(service, streams))
                .map(service -> ServerInterceptors.interceptForward(
                        service,
                        requestIds,
                        new ErrorInterceptor(),
                        new MessageChecks(limit(service, options.limits()), logged)))
                .toList();
    }

    /** Reflection, also by the name under which older clients ask for it. */
    @SuppressWarnings("deprecation")
    private static List<BindableService> reflection() {
        return List.of(ProtoReflectionServiceV1.newInstance(), ProtoReflectionService.newInstance());
    }

    /** Writing streams are ended by their own service, which first makes durable what they have brought. */
    private static boolean endsItsStreams(ServerServiceDefinition service) {
        return service.getServiceDescriptor().getName().equals(InteractionServiceGrpc.SERVICE_NAME);
    }

    private static int limit(ServerServiceDefinition service, GrpcOptions.Limits limits) {
        return DIRECT.contains(service.getServiceDescriptor().getName())
                ? limits.servingMessageBytes()
                : limits.messageBytes();
    }

    /** The names of the contract's services. */
    public List<String> names() {
        return definitions.stream()
                .map(service -> service.getServiceDescriptor().getName())
                .filter(name -> name.startsWith(CONTRACT))
                .toList();
    }

    /** The full names of all methods. */
    public List<String> methods() {
        return definitions.stream()
                .flatMap(service -> service.getMethods().stream())
                .map(method -> method.getMethodDescriptor().getFullMethodName())
                .toList();
    }

    /** Adds all services to a server. */
    public void mount(ServerBuilder<?> server) {
        server.addServices(definitions);
    }

    /** Ends what only clients would end: writing streams once what they brought is durable, others at once. */
    void endStreams() {
        interactions.endStreams();
        streams.end();
    }
}
