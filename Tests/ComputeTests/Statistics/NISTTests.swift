import Foundation
import TestSupport
import Testing

@testable import Compute

/// The Statistical Reference Datasets of NIST. Each number must have so many digits of the certified one, and be what exact
/// arithmetic gives from the data as doubles hold them: where the first are few, nothing could do better.
@Suite struct NISTTests {
    /// Log relative error: about the number of correct digits; of a certified 0 the absolute error counts.
    static func digits(_ value: Double, _ certified: Double) -> Double {
        let error = certified == 0 ? abs(value) : abs(value - certified) / abs(certified)
        return error == 0 ? 15 : max(0, min(15, -log10(error)))
    }

    private func expect(
        _ value: Double, _ set: NISTReference.Values, _ key: String, digits least: Double, _ name: String
    ) {
        let digits = NISTTests.digits(value, set.certified(key))
        #expect(digits >= least, "\(name), \(key): \(value) has \(digits) digits of \(set.certified(key))")
        #expect(isClose(value, set.rounded(key), relative: 2e-15, absolute: 1e-25), "\(name), \(key): \(value)")
    }

    @Test func summariesOfOneSample() throws {
        // Deviations of 10⁻¹ from 10⁶ and 10⁷, which are stored to 10⁻¹⁰ and 2·10⁻⁹.
        let least = ["NumAcc3": 9.4, "NumAcc4": 8.2, "Mavro": 13, "Michelso": 13.3]
        for set in try NISTReference.read().univariate {
            let (values, least) = (set.sample.values, least[set.name] ?? 14.5)
            expect(Summaries.mean(values), set.values, "mean", digits: 14.9, set.name)
            expect(Summaries.standardDeviation(values), set.values, "deviation", digits: least, set.name)
            let correlation = Summaries.autocorrelation(values, lag: 1)
            expect(correlation, set.values, "autocorrelation", digits: least, set.name)
        }
    }

    @Test func analysesOfVariance() throws {
        // SmLs04…06 are 10⁶ + 0.4, stored to 10⁻¹⁰; SmLs07…09 are 10¹² + 0.4, stored to 10⁻⁴.
        let least = [
            "SiRstv": 13, "AtmWtAg": 10.1, "SmLs04": 10, "SmLs05": 9.8, "SmLs06": 9.8, "SmLs07": 3.9, "SmLs08": 3.8,
            "SmLs09": 3.8,
        ]
        for set in try NISTReference.read().anova {
            let least = least[set.name] ?? 14.5
            let way = try AnalysisOfVariance(groups: set.groups.map(\.values))
            let term = try #require(way.terms.first)
            expect(term.squares, set.values, "between_squares", digits: least, set.name)
            expect(way.residual.squares, set.values, "within_squares", digits: least, set.name)
            expect(way.residual.meanSquare.squareRoot(), set.values, "sigma", digits: least, set.name)
            expect(term.f, set.values, "f", digits: least, set.name)
            expect(term.share, set.values, "r2", digits: least, set.name)
        }
    }

    /// The same numbers by way of a linear model of indicators.
    @Test func analysesOfVarianceAsLinearModels() throws {
        for set in try NISTReference.read().anova where set.groups.count < 6 || set.name == "SmLs07" {
            let groups = set.groups.map(\.values)
            let indicators = groups.indices.dropFirst().map { group in
                LinearModel.Predictor(
                    "g\(group)",
                    groups.indices.flatMap { [Double](repeating: $0 == group ? 1 : 0, count: groups[$0].count) })
            }
            let model = try LinearModel(response: groups.flatMap { $0 }, predictors: Array(indicators))
            let analysis = try AnalysisOfVariance(model, terms: [("g", indicators.count)])
            let way = try AnalysisOfVariance(groups: groups)
            #expect(isClose(analysis.terms[0].f, way.terms[0].f, relative: 1e-14))
            #expect(isClose(analysis.residual.squares, way.residual.squares, relative: 1e-14))
            #expect(isClose(model.f, way.terms[0].f, relative: 1e-14))
        }
    }

    @Test func linearRegressions() throws {
        for set in try NISTReference.read().regression {
            let (model, least) = (try set.model(), set.name == "Wampler2" ? 13.1 : 13.4)
            for (index, found) in model.coefficients.enumerated() {
                expect(found.estimate, set.values[index], "coefficients", digits: least, "\(set.name) \(found.name)")
                expect(found.standardError, set.values[index], "errors", digits: least, "\(set.name) \(found.name)")
            }
            expect(model.sigma, set.values, "sigma", digits: least, set.name)
            expect(model.rSquared, set.values, "r2", digits: 14.5, set.name)
            if !set.values.certified("f").isNaN { expect(model.f, set.values, "f", digits: least, set.name) }
        }
    }

    /// Wampler1 lies on its polynomial exactly.
    @Test func aPolynomialThroughAllPointsLeavesNothing() throws {
        let set = try #require(try NISTReference.read().regression.first { $0.name == "Wampler1" })
        let model = try set.model()
        #expect(model.isPerfect && model.sigma == 0 && model.f == .infinity && model.fPValue == 0)
        #expect(model.coefficients.allSatisfy { $0.estimate == 1 && $0.standardError == 0 && $0.pValue == 0 })
    }
}

/// Tests/Reference/nist/nist.json.
struct NISTReference: Decodable {
    /// Values as they are, as digits, or as a first one with a pair repeated.
    struct Sample: Decodable {
        let values: [Double]

        private enum Key: String, CodingKey { case values, digits, first, pair, times }

        init(from decoder: any Decoder) throws {
            let parts = try decoder.container(keyedBy: Key.self)
            if let digits = try parts.decodeIfPresent(String.self, forKey: .digits) {
                values = digits.compactMap { $0.wholeNumberValue.map(Double.init) }
            } else if let first = try parts.decodeIfPresent(Double.self, forKey: .first) {
                let pair = try parts.decode([Double].self, forKey: .pair)
                values = try [first] + (0..<parts.decode(Int.self, forKey: .times)).flatMap { _ in pair }
            } else {
                values = try parts.decode([Double].self, forKey: .values)
            }
        }
    }

    /// A number, or several, as texts.
    private enum Texts: Decodable {
        case one(String)
        case several([String])

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            self = try (try? .one(value.decode(String.self))) ?? .several(value.decode([String].self))
        }

        func number(_ index: Int) -> Double {
            switch self {
            case .one(let text): Double(text) ?? .nan
            case .several(let texts): texts.indices.contains(index) ? Double(texts[index]) ?? .nan : .nan
            }
        }
    }

    /// NIST's values, and those of exact arithmetic on the data as doubles.
    struct Values: Decodable {
        private let certified, rounded: [String: Texts]
        private var index = 0

        private enum CodingKeys: String, CodingKey { case certified, rounded }

        func certified(_ key: String) -> Double { certified[key]?.number(index) ?? .nan }
        func rounded(_ key: String) -> Double { rounded[key]?.number(index) ?? .nan }

        /// Of the coefficient at an index.
        subscript(index: Int) -> Values {
            var values = self
            values.index = index
            return values
        }
    }

    struct Univariate: Decodable {
        let name: String
        let sample: Sample
        let values: Values

        private enum Key: String, CodingKey { case name }

        init(from decoder: any Decoder) throws {
            name = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .name)
            sample = try Sample(from: decoder)
            values = try Values(from: decoder)
        }
    }

    struct Anova: Decodable {
        let name: String
        let groups: [Sample]
        let values: Values

        private enum Key: String, CodingKey { case name, groups }

        init(from decoder: any Decoder) throws {
            let parts = try decoder.container(keyedBy: Key.self)
            name = try parts.decode(String.self, forKey: .name)
            groups = try parts.decode([Sample].self, forKey: .groups)
            values = try Values(from: decoder)
        }
    }

    struct Regression: Decodable {
        /// One column, or several.
        struct Columns: Decodable {
            let columns: [[Double]]

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                columns = try (try? [value.decode([Double].self)]) ?? value.decode([[Double]].self)
            }
        }

        let name: String
        let degree: Int
        let intercept: Bool
        let x: Columns
        let y: [Double]
        let values: Values

        private enum Key: String, CodingKey { case name, degree, intercept, x, y }

        init(from decoder: any Decoder) throws {
            let parts = try decoder.container(keyedBy: Key.self)
            name = try parts.decode(String.self, forKey: .name)
            degree = try parts.decode(Int.self, forKey: .degree)
            intercept = try parts.decode(Bool.self, forKey: .intercept)
            x = try parts.decode(Columns.self, forKey: .x)
            y = try parts.decode([Double].self, forKey: .y)
            values = try Values(from: decoder)
        }

        func model() throws -> LinearModel {
            let predictors = x.columns.enumerated().flatMap {
                LinearModel.Predictor.powers(of: "x\($0.offset)", $0.element, degree: degree)
            }
            return try LinearModel(response: y, predictors: predictors, intercept: intercept)
        }
    }

    let univariate: [Univariate]
    let anova: [Anova]
    let regression: [Regression]

    static func read() throws -> NISTReference { try ReferenceFile.read("nist/nist.json") }
}
