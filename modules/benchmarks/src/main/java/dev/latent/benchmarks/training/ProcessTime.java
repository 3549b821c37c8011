package dev.latent.benchmarks.training;

import java.lang.management.ManagementFactory;

/** The processor time of this process: what a shared machine leaves comparable when seconds are not. */
final class ProcessTime {

    private ProcessTime() {}

    /** Nanoseconds of all threads so far; 0 on systems that do not tell. */
    static long nanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuTime())
                : 0;
    }
}
