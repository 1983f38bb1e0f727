/// Mean, deviation and quantiles of one sample, kept accurate when the values are large beside their spread.
public enum Summaries {
    /// Σx with the rounding errors carried along (Neumaier 1974, "Rundungsfehleranalyse einiger Verfahren zur Summation
    /// endlicher Summen").
    public static func sum(_ values: some Sequence<Double>) -> Double {
        var (sum, lost) = (0.0, 0.0)
        for value in values {
            let next = sum + value
            lost += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
            sum = next
        }
        // Infinities make `lost` NaN, though the sum is right.
        return lost.isFinite ? sum + lost : sum
    }

    /// NaN without values.
    public static func mean(_ values: [Double]) -> Double {
        let first = sum(values) / Double(values.count)
        guard first.isFinite else { return first }
        return first + sum(values.lazy.map { $0 - first }) / Double(values.count)
    }

    /// Σ(x − mean)², corrected for the rounding of the mean (Chan, Golub & LeVeque 1983, "Algorithms for computing the
    /// sample variance", equation 1.7).
    public static func squaredDeviations(_ values: [Double]) -> Double {
        let mean = mean(values)
        let square = sum(values.lazy.map { ($0 - mean) * ($0 - mean) })
        let rest = sum(values.lazy.map { $0 - mean })
        return square - rest * rest / Double(values.count)
    }

    /// With n − 1 in the denominator; NaN below two values.
    public static func variance(_ values: [Double]) -> Double {
        values.count < 2 ? .nan : max(0, squaredDeviations(values)) / Double(values.count - 1)
    }

    /// With n − 1 in the denominator; NaN below two values.
    public static func standardDeviation(_ values: [Double]) -> Double {
        variance(values).squareRoot()
    }

    /// Of the mean: deviation / √n.
    public static func standardError(_ values: [Double]) -> Double {
        standardDeviation(values) / Double(values.count).squareRoot()
    }

    /// Σ (xᵢ − mean)(xᵢ₊ₖ − mean) / Σ (xᵢ − mean)², as in Box & Jenkins 1976, "Time series analysis", equation 2.1.12.
    ///
    /// - Returns: NaN for constant values or a lag outside 0..<count.
    public static func autocorrelation(_ values: [Double], lag: Int) -> Double {
        guard lag >= 0, lag < values.count else { return .nan }
        let mean = DoubleDouble.mean(values)
        let deviations = values.map { DoubleDouble($0) - mean }
        let products = DoubleDouble.sum(zip(deviations, deviations.dropFirst(lag)).lazy.map { $0 * $1 })
        return (products / DoubleDouble.squaredDeviations(values)).value
    }

    public static func median(_ values: [Double]) -> Double {
        quantile(values, 0.5)
    }

    /// The p-quantile by linear interpolation between order statistics, type 7 of Hyndman & Fan 1996 ("Sample quantiles
    /// in statistical packages", The American Statistician 50), the default of R and numpy.
    ///
    /// - Returns: NaN without values, for a missing value, or for `p` outside 0...1.
    public static func quantile(_ values: [Double], _ p: Double) -> Double {
        guard !values.contains(where: \.isNaN) else { return .nan }
        return quantile(ofSorted: values.sorted(), p)
    }

    /// As `quantile`, for values already in ascending order.
    static func quantile(ofSorted sorted: [Double], _ p: Double) -> Double {
        guard let last = sorted.indices.last, p >= 0, p <= 1 else { return .nan }
        let position = Double(last) * p
        let below = Int(position)
        let share = position - Double(below)
        let low = sorted[below]
        return share == 0 ? low : low + share * (sorted[min(below + 1, last)] - low)
    }
}
