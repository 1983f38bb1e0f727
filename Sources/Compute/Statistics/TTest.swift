/// Student's t tests of means: one sample, pairs, and two samples with variances of their own (Welch).
public enum TTest {
    /// The mean of one sample against `mean`.
    fileprivate static func one(
        _ sample: [Double], against mean: Double, title: String, estimate: String, size: String,
        _ arguments: HypothesisTest.Arguments
    ) -> TestResult {
        let (centre, deviation) = (Summaries.mean(sample), Summaries.standardDeviation(sample))
        let error = deviation / Double(sample.count).squareRoot()
        return result(
            title: title, estimate: .init(estimate, centre), null: mean, error: error,
            freedom: Double(sample.count - 1), effect: .init("Cohen's d", (centre - mean) / deviation),
            counts: [.init(size, Double(sample.count))], arguments)
    }

    /// The difference of two means with Welch and Satterthwaite's degrees of freedom (Welch 1947, "The generalization
    /// of 'Student's' problem when several different population variances are involved", Biometrika 34).
    fileprivate static func welch(_ x: [Double], _ y: [Double], _ arguments: HypothesisTest.Arguments) -> TestResult {
        let (varianceX, varianceY) = (Summaries.variance(x), Summaries.variance(y))
        let (shareX, shareY) = (varianceX / Double(x.count), varianceY / Double(y.count))
        let difference = Summaries.mean(x) - Summaries.mean(y)
        let total = shareX + shareY
        let freedom =
            total * total
            / (shareX * shareX / Double(x.count - 1) + shareY * shareY / Double(y.count - 1))
        return result(
            title: "Welch t test", estimate: .init("difference of means", difference), null: 0,
            error: total.squareRoot(), freedom: freedom,
            effect: .init("Cohen's d", difference / ((varianceX + varianceY) / 2).squareRoot()),
            counts: [.init("n₁", Double(x.count)), .init("n₂", Double(y.count))], arguments)
    }

    private static func result(
        title: String, estimate: TestResult.Quantity, null: Double, error: Double, freedom: Double,
        effect: TestResult.Quantity, counts: [TestResult.Quantity], _ arguments: HypothesisTest.Arguments
    ) -> TestResult {
        // Equal values have no spread to judge a difference by; rounding may leave them a spurious one.
        guard error > 4 * estimate.value.ulp, error > 0 else {
            return TestResult(
                title: title, estimate: estimate, statistic: .init("t", .nan), degreesOfFreedom: [freedom],
                pValue: .nan, alternative: arguments.alternative, counts: counts,
                notes: ["the values do not vary, so that no t is defined"])
        }
        let t = (estimate.value - null) / error
        let distribution = StudentT(freedom)
        return TestResult(
            title: title, estimate: estimate,
            interval: Interval.symmetric(
                estimate.value, error: error, distribution, level: arguments.level, arguments.alternative),
            statistic: .init("t", t), degreesOfFreedom: [freedom],
            pValue: distribution.pValue(t, arguments.alternative), alternative: arguments.alternative, effect: effect,
            counts: counts)
    }
}

extension HypothesisTest {
    public static let tTest = HypothesisTest(
        "t_test", title: "t test of two means", samples: .pairedIf(flag: "paired", "x", "y"),
        options: [.flag("paired"), .alternative, .level], minimum: 2,
        source: "Student 1908; Welch 1947, \"The generalization of 'Student's' problem\"",
        example: "t_test([1, 2, 4], [2, 4, 5], paired: true)"
    ) { arguments in
        guard arguments.flag("paired") else { return TTest.welch(arguments[0], arguments[1], arguments) }
        return TTest.one(
            zip(arguments[0], arguments[1]).map { $0 - $1 }, against: 0, title: "Paired t test",
            estimate: "mean difference", size: "pairs", arguments)
    }

    public static let tTestOne = HypothesisTest(
        "t_test_one", title: "t test of one mean", samples: .one("x"),
        options: [.number("mean", default: 0), .alternative, .level], minimum: 2,
        source: "Student 1908, \"The probable error of a mean\", Biometrika 6",
        example: "t_test_one([1, 2, 4], mean: 2)"
    ) { arguments in
        TTest.one(
            arguments[0], against: arguments.number("mean"), title: "One-sample t test", estimate: "mean", size: "n",
            arguments)
    }
}
