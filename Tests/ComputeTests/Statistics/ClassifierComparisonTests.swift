import TestSupport
import Testing

@testable import Compute

/// Tests of counts and of paired answers, and corrections for many of them.
@Suite struct ClassifierComparisonTests {
    private func alternative(_ name: String) throws -> Alternative { try #require(Alternative(rawValue: name)) }

    @Test func binomialTestsAreScipys() throws {
        for row in try ComparisonsReference.read().binomial {
            let result = try BinomialTest.proportion(
                right: row.right, of: row.of, p: row.null, alternative: try alternative(row.alternative))
            let interval = try #require(result.interval)
            let place: Comment = "\(row.right) of \(row.of) against \(row.null), \(row.alternative)"
            #expect(isClose(result.pValue, row.p), place)
            #expect(isClose(interval.low, row.interval[0]) && isClose(interval.high, row.interval[1]), place)
        }
        #expect(throws: ComputeError.self) { try BinomialTest.proportion(right: 3, of: 2) }
        #expect(throws: ComputeError.self) { try BinomialTest.proportion(right: 1, of: 2, p: 1.5) }
    }

    @Test func mcnemarIsExactWithNewcombesInterval() throws {
        for row in try ComparisonsReference.read().mcnemar {
            let kinds: [(Double, Double)] = [(1, 1), (1, 0), (0, 1), (0, 0)]
            let answers = zip(kinds, row.counts).flatMap { Array(repeating: $0, count: $1) }
            let result = try BinomialTest.mcnemar(
                answers.map(\.0), answers.map(\.1), alternative: try alternative(row.alternative))
            #expect(isClose(result.pValue, row.p), "\(row.counts) \(row.alternative)")
            if let ends = row.interval {
                let interval = try #require(result.interval)
                #expect(isClose(interval.low, ends[0]) && isClose(interval.high, ends[1]), "\(row.counts)")
            }
            #expect(result.notes.contains(PermutationTest.scope))
        }
        #expect(try BinomialTest.mcnemar([1, 0], [1, 0]).pValue == 1)
        #expect(throws: ComputeError.self) { try BinomialTest.mcnemar([1, 0.5], [1, 0]) }
        #expect(throws: ComputeError.self) { try BinomialTest.mcnemar([], []) }
        #expect(throws: ComputeError.self) { try BinomialTest.mcnemar([1], [1, 0]) }
    }

    @Test func smallPermutationTestsAreThoseOfAllSigns() throws {
        for row in try ComparisonsReference.read().permutations {
            let result = try PermutationTest(row.x, row.y, classes: row.classes).run(
                alternative: try alternative(row.alternative))
            #expect(isClose(result.pValue, row.p), "n = \(row.x.count), \(row.alternative)")
            #expect(isClose(result.estimate.value, row.estimate, absolute: 1e-15))
        }
    }

    /// With right and wrong answers the signs are coin flips, whatever their number: McNemar's test.
    @Test func answersOfOneSizeGiveMcNemars() throws {
        var random = Philox(seed: 3, purpose: "answers")
        let x = (0..<3000).map { _ in Double(random.below(2)) }
        let y = (0..<3000).map { _ in Double(min(1, random.below(3))) }
        let result = try PermutationTest(x, y).run()
        #expect(isClose(result.pValue, try BinomialTest.mcnemar(x, y).pValue))
        #expect(result.notes[0].hasPrefix("exact"))
    }

    /// 10,000 draws of a p that is known: of whole numbers whose exact distribution follows by adding them one at a time.
    @Test func randomSignsComeNearTheExactP() throws {
        var random = Philox(seed: 4, purpose: "scores")
        let x = (0..<300).map { _ in Double(random.below(9)) }
        let y = (0..<300).map { _ in Double(random.below(8)) }
        let differences = zip(x, y).map { Int($0 - $1) }
        var distribution = [0: 1.0]
        for size in differences.map(abs) where size > 0 {
            var next: [Int: Double] = [:]
            for (sum, p) in distribution { for s in [sum - size, sum + size] { next[s, default: 0] += p / 2 } }
            distribution = next
        }
        let observed = differences.reduce(0, +)
        for alternative in Alternative.allCases {
            let exact = distribution.filter {
                switch alternative {
                case .greater: $0.key >= observed
                case .less: $0.key <= observed
                case .twoSided: abs($0.key) >= abs(observed)
                }
            }.values.reduce(0, +)
            let test = try PermutationTest(x, y)
            let result = try test.run(alternative: alternative)
            let error = (exact * (1 - exact) / 10_000).squareRoot()
            #expect(abs(result.pValue - exact) < 4 * error + 1e-4, "\(alternative)")
            #expect(try test.run(alternative: alternative) == result, "equal seeds give equal results")
            #expect(try test.run(seed: 1, alternative: alternative).pValue != result.pValue)
        }
    }

    @Test func signSumsAreThoseOfTheNumbers() throws {
        let numbers = (0..<11).map { Double(1 << $0) }
        let tables = SignSums.tables(numbers)
        for choice in [0, 1, 0b101, 0b111_1111_1111, 0b100_0000_0001] {
            let signed = numbers.indices.reduce(0.0) { $0 + (choice >> $1 & 1 == 1 ? numbers[$1] : -numbers[$1]) }
            #expect(tables[0][choice & 255] + tables[1][choice >> 8] == signed)
        }
        let sums = try SignSums.random(numbers, resamples: 1001, seed: 0, SilentMonitor())
        #expect(sums.count == 1001 && Set(sums).count > 700)
        #expect(sums.allSatisfy { abs($0) <= 2047 && Int($0) % 2 != 0 })
    }

    @Test func badScoresAreErrors() {
        #expect(throws: ComputeError.self) { try PermutationTest([1], [1, 2]) }
        #expect(throws: ComputeError.self) { try PermutationTest([], []) }
        #expect(throws: ComputeError.self) { try PermutationTest([.nan], [1]) }
        #expect(throws: ComputeError.self) { try PermutationTest([1, 2], [1, 3], classes: [0]) }
        #expect(throws: ComputeError.self) { try PermutationTest([1, 2], [1, 3]).run(resamples: 0) }
    }

    @Test func adjustedPValuesAreScipysAndByTheDefinition() throws {
        for row in try ComparisonsReference.read().adjusted {
            for (method, expected) in [
                (MultipleTesting.bonferroni, row.bonferroni), (.holm, row.holm), (.bh, row.bh), (.by, row.by),
            ] {
                let adjusted = try method.adjust(row.p)
                #expect(zip(adjusted, expected).allSatisfy { isClose($0, $1) }, "\(method)")
            }
        }
        let holes = try MultipleTesting.holm.adjust([0.01, .nan, 0.02])
        #expect(holes[0] == 0.02 && holes[1].isNaN && holes[2] == 0.02)
        #expect(throws: ComputeError.self) { try MultipleTesting.bh.adjust([1.1]) }
    }
}
