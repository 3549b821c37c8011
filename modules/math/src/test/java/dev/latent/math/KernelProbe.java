package dev.latent.math;

/** Prints the provider a JVM takes and whether it solves 4·I·x = (4, ..., 4), which has exact roots. */
final class KernelProbe {

    private KernelProbe() {}

    public static void main(String[] arguments) {
        int rank = 17;
        float[] a = new float[rank * rank];
        float[] x = new float[rank];
        for (int i = 0; i < rank; i++) {
            a[i * rank + i] = 4f;
            x[i] = 4f;
        }
        boolean solved = Cholesky.solve(a, rank, x) && Kernels.dot(x, 0, x, 0, rank) == rank;
        System.out.println("provider=" + Kernels.providerName());
        System.out.println("solved=" + solved);
    }
}
