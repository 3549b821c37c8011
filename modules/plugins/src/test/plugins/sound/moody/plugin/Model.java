package plugin;

import dev.latent.spi.History;
import dev.latent.spi.ScoringModel;
import dev.latent.spi.SectionWriter;
import java.io.IOException;

/** Cannot score an empty history. */
final class Model implements ScoringModel {

    @Override
    public int itemCount() {
        return 1;
    }

    @Override
    public void score(History history, float[] scores) {
        scores[0] = history.values()[0];
    }

    @Override
    public void write(SectionWriter sections) throws IOException {
        throw new IOException("disk full");
    }
}
