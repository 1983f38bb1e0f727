import Compute
import Lang

/// A test's result as a notebook shows it: what was estimated and how surely, then the test, then what else must be known.
extension TestResult {
    func display(width: Int) -> String {
        var block = RichDisplay(title)
        block.add(estimate.name, estimate.value, remark: intervalText)
        block.add(statistic.name, statistic.value, remark: freedomText)
        block.add("p", pValue, remark: alternative.rawValue)
        if let effect { block.add(effect.name, effect.value) }
        for count in counts { block.add(count.name, count.value) }
        for note in notes { block.note(note) }
        return block.text(width: width)
    }

    private var intervalText: String {
        guard let interval, !interval.low.isNaN, !interval.high.isNaN else { return "" }
        let (low, high) = (TestResult.short(interval.low), TestResult.short(interval.high))
        return "\(TestResult.short(100 * interval.level))% interval \(low) to \(high)"
    }

    private var freedomText: String {
        guard let first = degreesOfFreedom.first else { return "" }
        let all = degreesOfFreedom.map(TestResult.short).joined(separator: " and ")
        return all + (degreesOfFreedom.count == 1 && first == 1 ? " degree of freedom" : " degrees of freedom")
    }

    private static func short(_ number: Double) -> String { NumberFormat.significant(number, digits: 4) }
}
