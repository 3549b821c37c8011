/**
 * The contract between Latent and an algorithm jar.
 *
 * <p>An algorithm implements {@link dev.latent.spi.Algorithm}, names itself in {@code
 * META-INF/services/dev.latent.spi.Algorithm} and states the contract it was built for in its manifest
 * ({@link dev.latent.spi.SpiVersion}). Only JDK types cross this border. Types that the host implements are interfaces
 * and grow by {@code default} methods; types that an algorithm creates are records or have builders.
 *
 * <p>Matrices are row-major, little-endian and 64-byte aligned; users and items are numbered from 0 without gaps in the
 * {@link dev.latent.spi.Snapshot} that is trained on. Nothing here is null unless it says so.
 */
package dev.latent.spi;
