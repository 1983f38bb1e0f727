/// How long-running work tells about itself and learns that it must stop.
///
/// Every training step, feature batch and solver iteration calls `advance`, and what takes long in between calls `check`, so
/// that a fifth of a second never passes without; a thrown error ends the work, nothing else does.
public protocol Monitor: Sendable {
    /// - Throws: `ComputeError` of kind `.cancelled` when the user interrupted.
    func advance(_ progress: Progress) throws
    /// Asks only whether to stop. Cheap enough for every layer of a network.
    /// - Throws: as `advance`.
    func check() throws
}

/// One reading of a progress display.
public struct Progress: Hashable, Sendable {
    /// What is being done, e.g. "pretrain resnet50".
    public var task: String
    public var done: Int
    public var total: Int
    /// Name of what is counted, e.g. "images" or "iterations": the display shows its rate.
    public var unit: String
    /// Anything else worth a glance, e.g. "loss 0.41".
    public var detail: String
    /// How many of `done` make one of `unit`, where work is counted in parts of it.
    public var scale: Int

    public init(task: String, done: Int, total: Int, unit: String, detail: String = "", scale: Int = 1) {
        self.task = task
        self.done = done
        self.total = total
        self.unit = unit
        self.detail = detail
        self.scale = scale
    }
}

/// Says nothing and never stops: for tests and for short work.
public struct SilentMonitor: Monitor {
    public init() {}
    public func advance(_ progress: Progress) throws {}
    public func check() throws {}
}
