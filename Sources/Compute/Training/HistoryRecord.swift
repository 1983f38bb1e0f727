/// Collects a training's losses into readings while it runs.
struct HistoryRecord {
    private let interval: Int
    private let batch: Int
    private let start = ContinuousClock.now
    private var history = History()
    private var (steps, losses, correct, pending) = (0, 0.0, 0, 0)

    init(interval: Int, batch: Int) {
        self.interval = interval
        self.batch = batch
    }

    mutating func add(_ loss: SoftmaxLoss, rate: Double, isLast: Bool) {
        steps += 1
        pending += 1
        losses += loss.value
        correct += loss.correct
        guard steps.isMultiple(of: interval) || isLast else { return }
        history.readings.append(
            History.Reading(
                step: steps, loss: losses / Double(pending), accuracy: Double(correct) / Double(pending * batch),
                learningRate: rate))
        (losses, correct, pending) = (0, 0, 0)
    }

    /// The last reading in words, for the progress display.
    var summary: String {
        guard let last = history.readings.last else { return "" }
        return "loss \((last.loss * 1000).rounded() / 1000)"
    }

    func finished() -> History {
        var history = history
        history.examples = steps * batch
        let elapsed = (ContinuousClock.now - start).components
        history.seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
        return history
    }
}
