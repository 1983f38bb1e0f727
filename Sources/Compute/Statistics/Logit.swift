#if canImport(Glibc)
    import Glibc
#endif

/// Log odds, the scale on which accuracies near 0 and 1 can be compared and averaged (Kornblith et al. 2019, section
/// 3).
public enum Logit {
    /// ln(p / (1 − p)); −∞ at 0, ∞ at 1, NaN outside.
    public static func logit(_ p: Double) -> Double {
        log(p) - log1p(-p)
    }

    /// 1 / (1 + e⁻ˣ), the inverse of `logit`.
    public static func expit(_ x: Double) -> Double {
        x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
    }

    /// The log odds of `right` among `count`, finite for all counts: none or all right is moved by half an example,
    /// ln((right + ½) / (wrong + ½)) (Haldane 1956; Anscombe 1956). Everything between is the plain logit, as in the
    /// paper.
    ///
    /// - Returns: NaN unless 0 ≤ `right` ≤ `count` and `count` ≥ 1.
    public static func logit(right: Int, of count: Int) -> Double {
        guard count >= 1, (0...count).contains(right) else { return .nan }
        let (hits, misses) = (Double(right), Double(count) - Double(right))
        guard right == 0 || right == count else { return log(hits) - log(misses) }
        return log(hits + 0.5) - log(misses + 0.5)
    }

    /// The logit of an accuracy measured on `count` examples, finite at 0 and 1.
    public static func logit(_ p: Double, of count: Int) -> Double {
        guard p <= 0 || p >= 1 else { return logit(p) }
        return p == 0 ? logit(right: 0, of: count) : p == 1 ? logit(right: count, of: count) : .nan
    }
}
