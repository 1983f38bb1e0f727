import CDNN

/// The one place that decides how many threads the engine uses.
///
/// oneDNN and our own kernels share one OpenMP team a calling thread. A plan keeps the number it
/// was made with, since blocking, and with it the order of sums, depends on it: same bits for the same seed and thread count.
public enum Threads {
    /// Processors that this process may run on, by its affinity mask (which batch systems and `taskset` set).
    public static var available: Int { Int(cdnn_available_threads()) }
}
