import CDistributions

/// The distributions that tests refer their statistics to, by Boost.Math: both tails computed as such, so that small
/// probabilities keep their digits. An argument or parameter outside the domain gives NaN.
public protocol Distribution: Hashable, Sendable {
    /// P(X ≤ x).
    func lowerTail(_ x: Double) -> Double
    /// P(X > x).
    func upperTail(_ x: Double) -> Double
    /// The x with P(X ≤ x) = p.
    func quantile(_ p: Double) -> Double
}

extension Distribution {
    /// The probability of a statistic at least as extreme as `x` in the direction of `alternative`, for a distribution
    /// that is symmetric about 0.
    func pValue(_ x: Double, _ alternative: Alternative) -> Double {
        // `min` would turn NaN into 1.
        guard !x.isNaN else { return .nan }
        return switch alternative {
        case .twoSided: min(1, 2 * upperTail(abs(x)))
        case .greater: upperTail(x)
        case .less: lowerTail(x)
        }
    }
}

/// Mean 0, deviation 1.
public struct Normal: Distribution {
    public init() {}
    public func lowerTail(_ x: Double) -> Double { dist_normal_cdf(x) }
    public func upperTail(_ x: Double) -> Double { dist_normal_sf(x) }
    public func quantile(_ p: Double) -> Double { dist_normal_quantile(p) }
}

/// Student's t.
public struct StudentT: Distribution {
    public let degreesOfFreedom: Double

    public init(_ degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }
    public func lowerTail(_ x: Double) -> Double { dist_t_cdf(x, degreesOfFreedom) }
    public func upperTail(_ x: Double) -> Double { dist_t_sf(x, degreesOfFreedom) }
    public func quantile(_ p: Double) -> Double { dist_t_quantile(p, degreesOfFreedom) }
}

/// Fisher and Snedecor's F.
public struct FisherF: Distribution {
    public let numerator, denominator: Double

    public init(_ numerator: Double, _ denominator: Double) {
        self.numerator = numerator
        self.denominator = denominator
    }

    public func lowerTail(_ x: Double) -> Double { dist_f_cdf(x, numerator, denominator) }
    public func upperTail(_ x: Double) -> Double { dist_f_sf(x, numerator, denominator) }
    public func quantile(_ p: Double) -> Double { dist_f_quantile(p, numerator, denominator) }
}

public struct ChiSquared: Distribution {
    public let degreesOfFreedom: Double

    public init(_ degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }
    public func lowerTail(_ x: Double) -> Double { dist_chi_squared_cdf(x, degreesOfFreedom) }
    public func upperTail(_ x: Double) -> Double { dist_chi_squared_sf(x, degreesOfFreedom) }
    public func quantile(_ p: Double) -> Double { dist_chi_squared_quantile(p, degreesOfFreedom) }
}

public struct Beta: Distribution {
    public let a, b: Double

    public init(_ a: Double, _ b: Double) {
        self.a = a
        self.b = b
    }

    public func lowerTail(_ x: Double) -> Double { dist_beta_cdf(x, a, b) }
    public func upperTail(_ x: Double) -> Double { dist_beta_sf(x, a, b) }
    public func quantile(_ p: Double) -> Double { dist_beta_quantile(p, a, b) }
}

/// Student's t with a shifted numerator: the distribution of t where the difference is not zero.
public struct NoncentralT: Hashable, Sendable {
    public let degreesOfFreedom, noncentrality: Double

    public init(_ degreesOfFreedom: Double, _ noncentrality: Double) {
        self.degreesOfFreedom = degreesOfFreedom
        self.noncentrality = noncentrality
    }

    /// P(T ≤ t).
    public func lowerTail(_ t: Double) -> Double { dist_noncentral_t_cdf(t, degreesOfFreedom, noncentrality) }
}
