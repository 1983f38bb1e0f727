import Testing

@testable import Compute

/// The defining properties: sums and products of doubles are exact, and all operations err by about 2⁻¹⁰⁴.
@Suite struct DoubleDoubleTests {
    @Test func aSumKeepsWhatADoubleLoses() {
        let sum = DoubleDouble(0x1p54) + DoubleDouble(1) + DoubleDouble(0x1p-40)
        #expect((sum - DoubleDouble(0x1p54)).value == 1 + 0x1p-40)
        #expect((sum - DoubleDouble(0x1p54) - DoubleDouble(1)).value == 0x1p-40)
    }

    @Test func aProductIsExact() {
        // (2⁵³ − 1)² = 2¹⁰⁶ − 2⁵⁴ + 1
        let x = 9_007_199_254_740_991.0
        let product = DoubleDouble(product: x, x)
        #expect(product - DoubleDouble(0x1p106) + DoubleDouble(0x1p54) == .one)
    }

    @Test(arguments: [(1.0, 3.0), (2, 7), (-1e10, 49), (0.1, 0.3), (1e-200, 3)]) func aQuotientTimesItsDivisor(
        _ x: Double, _ y: Double
    ) {
        let back = DoubleDouble(x) / DoubleDouble(y) * DoubleDouble(y)
        #expect(abs((back - DoubleDouble(x)).value) <= 0x1p-103 * abs(x))
    }

    @Test(arguments: [2.0, 3, 0.1, 1e20, 1e-20, 12345.678]) func aRootSquared(_ x: Double) {
        let root = DoubleDouble(x).squareRoot()
        #expect(abs((root.squared - DoubleDouble(x)).value) <= 0x1p-102 * x)
        #expect(root.high == x.squareRoot() || abs(root.low) <= root.high.ulp / 2)
    }

    @Test func rootsOfZeroAndBelow() {
        #expect(DoubleDouble.zero.squareRoot() == .zero)
        #expect(DoubleDouble(-1).squareRoot().value.isNaN)
    }

    /// Σ 1/k² from both ends.
    @Test func theOrderOfASumHardlyMatters() {
        let terms = (1...2000).map { DoubleDouble(1) / DoubleDouble(Double($0)).squared }
        let (there, back) = (DoubleDouble.sum(terms), DoubleDouble.sum(terms.reversed()))
        #expect(abs((there - back).value) < 1e-28)
    }

    @Test func equalValuesDeviateByNothing() {
        #expect(DoubleDouble.squaredDeviations([0.1, 0.1, 0.1]) == .zero)
        #expect(DoubleDouble.squaredDeviations([1e300, 1e300]) == .zero)
        let next = 0.1.nextUp
        #expect(DoubleDouble.squaredDeviations([0.1, next]).value > 0)
    }
}
