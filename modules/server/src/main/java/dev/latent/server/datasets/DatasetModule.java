package dev.latent.server.datasets;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import dev.latent.server.uploads.UploadOptions;

/** Datasets: exposes {@link DatasetEndpoint} and {@link DatasetChanges}; needs the stores and {@link UploadOptions}. */
public final class DatasetModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(DatasetChanges.class).in(Singleton.class);
        bind(Imports.class).in(Singleton.class);
        bind(DatasetEndpoint.class).in(Singleton.class);
    }
}
