import Foundation
import TestSupport
import Testing

@testable import Compute

/// What holds for every test by the mere fact of its declaration.
@Suite struct HypothesisTestCatalogueTests {
    private static let first = [2.0, 3.5, 1, 7, 4.25, 6, 8, 0.5]
    private static let second = [1.0, 4, 2.5, 5, 5.5, 3, 9, 1.5]

    private func samples(_ test: HypothesisTest, _ first: [Double], _ second: [Double]) -> [[Double]] {
        test.samples.names.count == 1 ? [first] : [first, second]
    }

    /// Every combination of a test's flags.
    private func settings(_ test: HypothesisTest) -> [HypothesisTest.Settings] {
        var all = [HypothesisTest.Settings()]
        for case .flag(let name) in test.options {
            all += all.map {
                var on = $0
                on.flags.insert(name)
                return on
            }
        }
        return all
    }

    private func forEach(
        _ body: (HypothesisTest, HypothesisTest.Settings) throws -> Void
    ) rethrows {
        for test in HypothesisTest.catalogue { for settings in settings(test) { try body(test, settings) } }
    }

    @Test func catalogueListsEveryDeclaration() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/Compute/Statistics")
        var declared: [String] = []
        var listed: [String] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let lines = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
                .split(separator: "\n").map { $0.drop { $0 == " " } }
            if file == "TestCatalogue.swift" {
                listed = lines.filter { $0.hasPrefix(".") }.map { String($0.dropFirst().dropLast()) }
            }
            for line in lines where line.hasSuffix("= HypothesisTest(") {
                declared += line.split(separator: " ").drop { $0 != "let" }.dropFirst().prefix(1).map(String.init)
            }
        }
        #expect(listed == declared.sorted(), "run make catalogue")
        #expect(HypothesisTest.catalogue.count == declared.count)
        #expect(Set(HypothesisTest.catalogue.map(\.name)).count == declared.count)
    }

    @Test func pIsAProbabilityForEveryAlternative() throws {
        try forEach { test, settings in
            for alternative in Alternative.allCases where test.options.contains(.alternative) {
                var settings = settings
                settings.alternative = alternative
                let result = try test.run(samples(test, Self.first, Self.second), settings)
                #expect((0...1).contains(result.pValue), "\(test.name)")
                #expect(result.alternative == alternative)
            }
        }
    }

    /// A correlation does not change when its samples change places; a difference changes its sign.
    @Test func swappingSamplesMirrorsOneSidedP() throws {
        try forEach { test, settings in
            guard test.samples.names.count == 2, test.options.contains(.alternative) else { return }
            var (greater, less) = (settings, settings)
            (greater.alternative, less.alternative) = (.greater, .less)
            let there = try test.run([Self.first, Self.second], greater)
            let isSymmetric = try test.run([Self.second, Self.first], greater).statistic == there.statistic
            let back = try test.run([Self.second, Self.first], isSymmetric ? greater : less)
            let opposite = try test.run([Self.first, Self.second], less)
            #expect(isClose(there.pValue, back.pValue), "\(test.name)")
            let sum = there.pValue + opposite.pValue
            // A statistic of whole numbers has a probability of its own, which counts on both sides.
            let isExact = there.degreesOfFreedom.isEmpty || there.notes.contains("exact p")
            #expect(isExact ? sum > 1 - 1e-12 && sum < 1.5 : isClose(sum, 1), "\(test.name)")
        }
    }

    @Test func intervalLeavesOutTheNullWhenTheTestRejects() throws {
        let moved = Self.second.map { $0 * 0.2 + 20 }
        try forEach { test, settings in
            for alternative in Alternative.allCases {
                var settings = settings
                (settings.alternative, settings.level) = (alternative, 0.9)
                for second in [Self.second, moved] {
                    let result = try test.run(samples(test, Self.first, second), settings)
                    guard let interval = result.interval, test.name.hasPrefix("t_test") else { continue }
                    #expect((result.pValue < 0.1) == !(interval.low...interval.high).contains(0), "\(test.name)")
                }
            }
        }
    }

    @Test func missingValuesAreLeftOutAndCounted() throws {
        try forEach { test, settings in
            let holes = samples(test, Self.first + [.nan], Self.second + [3])
            let clean = samples(test, Self.first, Self.second)
            let result = try test.run(holes, settings)
            let isPaired = result.counts.contains { $0.name == "pairs" }
            let expected = isPaired || clean.count == 1 ? clean : [Self.first, Self.second + [3]]
            let complete = try test.run(expected, settings).pValue
            #expect(result.pValue == complete, "\(test.name)")
            #expect(result.notes.contains { $0.hasPrefix("1 ") && $0.contains("missing") }, "\(test.name)")
            var strict = settings
            strict.missing = .fail
            #expect(throws: ComputeError.self) { try test.run(holes, strict) }
        }
    }

    @Test func tooFewValuesAreErrorsThatNameTheSample() throws {
        try forEach { test, settings in
            for count in 0..<test.minimum {
                let error = #expect(throws: ComputeError.self) {
                    try test.run(samples(test, Array(Self.first[..<count]), Array(Self.second[..<count])), settings)
                }
                #expect(error?.subject == test.samples.names.first, "\(test.name)")
            }
            let least = samples(
                test, Array(Self.first[..<test.minimum]), Array(Self.second[..<test.minimum]))
            let p = try test.run(least, settings).pValue
            #expect((0...1).contains(p), "\(test.name)")
        }
    }

    @Test func constantSamplesAreUndefinedAndSaySo() throws {
        for constant in [0.0, 0.1, 1e9 + 0.1] {
            let same = [Double](repeating: constant, count: 7)
            try forEach { test, settings in
                let result = try test.run(samples(test, same, same), settings)
                #expect(result.pValue.isNaN && !result.notes.isEmpty, "\(test.name) at \(constant)")
            }
        }
    }

    @Test func infiniteValuesAndOtherShapesAreErrors() {
        forEach { test, settings in
            var broken = Self.first
            broken[2] = 1e200
            #expect(throws: ComputeError.self) { try test.run(samples(test, broken, Self.second), settings) }
            broken[2] = .infinity
            #expect(throws: ComputeError.self) { try test.run(samples(test, broken, Self.second), settings) }
            #expect(throws: ComputeError.self) { try test.run([], settings) }
            var unknown = settings
            unknown.numbers["no such option"] = 1
            #expect(throws: ComputeError.self) { try test.run(samples(test, Self.first, Self.second), unknown) }
            var level = settings
            level.level = 1
            #expect(throws: ComputeError.self) { try test.run(samples(test, Self.first, Self.second), level) }
        }
    }

    @Test func pairsOfUnequalLengthAreErrors() {
        for test in HypothesisTest.catalogue {
            guard case .paired = test.samples else { continue }
            #expect(throws: ComputeError.self) { try test.run([Self.first, [1, 2, 3]]) }
        }
    }

    @Test func exampleCallsTheTest() {
        for test in HypothesisTest.catalogue { #expect(test.example.hasPrefix(test.name + "(")) }
    }
}
