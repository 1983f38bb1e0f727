import TestSupport
import Testing

@testable import Compute

@Suite struct DistributionsTests {
    private func distribution(_ row: StatisticsReference.DistributionRow) throws -> any Distribution {
        let p = row.parameters
        return switch row.kind {
        case "normal": Normal()
        case "t": StudentT(try #require(p.first))
        case "f": FisherF(try #require(p.first), try #require(p.last))
        case "chi_squared": ChiSquared(try #require(p.first))
        case "beta": Beta(try #require(p.first), try #require(p.last))
        default: throw ComputeError(.badArgument, "no distribution \(row.kind)")
        }
    }

    @Test func tailsEqualFortyDigitArithmetic() throws {
        for row in try StatisticsReference.read().distributions {
            let distribution = try distribution(row)
            let place: Comment = "\(row.kind) \(row.parameters) at \(row.x)"
            #expect(isClose(distribution.upperTail(row.x), row.upper, relative: 1e-12), place)
            #expect(isClose(distribution.lowerTail(row.x), row.lower, relative: 1e-12), place)
        }
    }

    @Test func quantilesInvertTheLowerTail() throws {
        for row in try StatisticsReference.read().distributions where row.lower > 1e-300 && row.upper > 1e-3 {
            let back = try distribution(row).quantile(row.lower)
            #expect(isClose(back, row.x, relative: 1e-9, absolute: 1e-12), "\(row.kind) \(row.parameters) at \(row.x)")
        }
    }

    @Test func argumentsOutsideTheDomainGiveNaN() {
        #expect(StudentT(-1).upperTail(2).isNaN)
        #expect(StudentT(.nan).upperTail(2).isNaN)
        #expect(StudentT(3).upperTail(.nan).isNaN)
        #expect(Normal().quantile(1.5).isNaN)
        #expect(Beta(0, 1).lowerTail(0.5).isNaN)
        #expect(FisherF(2, 3).quantile(-0.1).isNaN)
        #expect(ChiSquared(2).upperTail(-1).isNaN)
    }

    @Test func infinityIsTheEndOfATail() {
        #expect(StudentT(5).upperTail(.infinity) == 0)
        #expect(Normal().lowerTail(-.infinity) == 0)
        #expect(Normal().quantile(1) == .infinity)
    }
}
