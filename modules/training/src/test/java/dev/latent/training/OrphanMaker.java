package dev.latent.training;

import java.io.IOException;
import java.nio.file.Path;

/** A parent to be killed: starts a run that never ends and says the number of its process. */
final class OrphanMaker {

    private OrphanMaker() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        TestHome home = TestHome.create(Path.of(arguments[0]));
        TrainingService service = home.open(TrainingOptions.defaults());
        service.start(TestHome.behaving("loop"));
        while (true) {
            ProcessHandle.current().children().findFirst().ifPresent(child -> {
                System.out.println(child.pid());
                System.out.flush();
            });
            Thread.sleep(50);
        }
    }
}
