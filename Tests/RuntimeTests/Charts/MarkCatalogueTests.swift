import Foundation
import Testing

@testable import Runtime

/// What every mark must stand, run over the catalogue: a new mark is tested by being declared.
@Suite struct MarkCatalogueTests {
    private func table(x: [Double], y: [Double]) throws -> Table {
        try Table([
            ("x", .numbers(x)), ("y", .numbers(y)), ("e", .numbers(x.map { _ in 0.05 })),
            ("low", .numbers(y.map { 0.9 * $0 })), ("high", .numbers(y.map { min(1, 1.01 * $0) })),
            ("name", .strings(x.indices.map { "model \($0)" })),
            ("group", .strings(x.indices.map { $0 % 2 == 0 ? "a" : "b" })),
        ])
    }

    private var accuracies: Table {
        get throws {
            try table(
                x: [0.55, 0.6, 0.72, 0.8, 0.81, 0.9, 0.93, 0.95, 0.97, 0.985],
                y: [0.31, 0.4, 0.38, 0.52, 0.66, 0.71, 0.7, 0.84, 0.9, 0.99])
        }
    }

    /// All channels that the sample tables can fill.
    private func arguments(_ mark: any Mark.Type) -> [String: Datum] {
        let columns: [Channel: String] = [
            .x: "x", .y: "y", .error: "e", .xerror: "e", .low: "low", .high: "high", .color: "group", .label: "name",
            .text: "name",
        ]
        let used = columns.filter { mark.required.union(mark.optional).contains($0.key) }
        return Dictionary(uniqueKeysWithValues: used.map { ($0.key.rawValue, .string($0.value)) })
    }

    /// Nil when the mark says, in its own words, that the data are not enough for it.
    private func drawing(_ mark: any Mark.Type, _ table: Table, _ x: ScaleSetting.Kind?, _ y: ScaleSetting.Kind?) throws
        -> Drawing?
    {
        let chart = try Chart(table).adding(mark, arguments(mark)).scales(x: ScaleSetting(x), y: ScaleSetting(y))
        do {
            return try ChartSamples.draw(chart)
        } catch let error as ChartError where error.message.hasPrefix("\(mark.name) ") {
            return nil
        }
    }

    private func expectInside(_ drawing: Drawing, _ mark: any Mark.Type) {
        let items = drawing.items.filter { $0.role == .mark(mark.name) }
        #expect(!items.isEmpty)
        for item in items {
            guard let bounds = item.shape.bounds else { continue }
            #expect(bounds.minX.isFinite && bounds.maxX.isFinite && bounds.minY.isFinite && bounds.maxY.isFinite)
            #expect(item.clip == drawing.panels.first)
        }
        for box in drawing.texts() { #expect(drawing.canvas.contains(box.bounds), "\(mark.name): \(box.text)") }
    }

    @Test func the_catalogue_lists_the_marks_of_the_folder_sorted() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Runtime/Charts/Marks")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let declared = try files.flatMap { file in
            try String(contentsOf: file, encoding: .utf8).matches(of: #/struct (\w+): Mark \{/#).map { String($0.1) }
        }
        #expect(MarkCatalogue.all.map { "\($0)" } == declared.sorted(), "run make catalogue")
    }

    @Test func every_mark_explains_itself() throws {
        #expect(Set(MarkCatalogue.all.map { $0.name }).count == MarkCatalogue.all.count)
        for mark in MarkCatalogue.all {
            #expect(mark.summary.hasSuffix("."))
            #expect(mark.required.isDisjoint(with: mark.optional))
            #expect(throws: ChartError.self) { try Chart(accuracies).adding(mark, ["no_such_argument": .number(1)]) }
        }
    }

    @Test func every_mark_draws_on_every_scale() throws {
        for mark in MarkCatalogue.all {
            for x in ScaleSetting.Kind.allCases {
                for y in ScaleSetting.Kind.allCases {
                    if let drawing = try drawing(mark, accuracies, x, y) {
                        expectInside(drawing, mark)
                    } else {
                        // A mark may refuse an axis for what it computes (counts), not for what it is given.
                        #expect(
                            !mark.required.contains(.y) && [.logit, .fisher, .category].contains(y),
                            "\(mark.name) on \(x), \(y)"
                        )
                    }
                }
            }
        }
    }

    /// A mark that shades the whole panel takes no x.
    private func takesX(_ mark: any Mark.Type) -> Bool { mark.required.union(mark.optional).contains(.x) }

    @Test func every_mark_shows_0_and_1_at_the_margin_of_a_logit_axis_and_says_so() throws {
        let table = try table(x: [0, 0.4, 0.6, 1, 0.7, 0.8, 0.65, 0.9], y: [0.2, 0, 0.5, 0.7, 1, 0.75, 0.6, 0.8])
        for mark in MarkCatalogue.all {
            let y: ScaleSetting.Kind? = mark.required.contains(.y) ? .logit : nil
            let drawing = try #require(try drawing(mark, table, .logit, y), "\(mark.name)")
            expectInside(drawing, mark)
            guard takesX(mark) else { continue }
            #expect(
                drawing.notes.contains("2 values of 'x' are exactly 0% or 100%, drawn at the margin of the axis"),
                "\(mark.name)")
            #expect(drawing.texts(.note).count >= 1)
        }
    }

    @Test func every_mark_stands_a_single_row_and_values_at_the_margin_alone() throws {
        for mark in MarkCatalogue.all {
            for (x, y) in [(0.9, 0.8), (1.0, 0.0)] {
                for kind in [ScaleSetting.Kind.linear, .logit, .category] {
                    guard let drawing = try drawing(mark, table(x: [x], y: [y]), kind, kind) else { continue }
                    for box in drawing.texts() { #expect(drawing.canvas.contains(box.bounds)) }
                }
            }
        }
    }

    @Test func every_mark_leaves_out_rows_that_are_missing() throws {
        let gaps = try table(x: [0.5, .nan, 0.7, 0.8, 0.9], y: [0.4, 0.5, .nan, 0.6, 0.8])
        for mark in MarkCatalogue.all {
            let drawing = try #require(try drawing(mark, gaps, nil, nil))
            expectInside(drawing, mark)
        }
    }

    @Test func every_mark_refuses_tables_without_rows_or_values() throws {
        for mark in MarkCatalogue.all {
            #expect(throws: ChartError("the chart's table has no rows")) {
                try ChartSamples.draw(Chart(table(x: [], y: [])).adding(mark, arguments(mark)))
            }
            let missing = [Double](repeating: .nan, count: 3)
            let help = "fill or filter them before drawing"
            guard takesX(mark) else { continue }
            #expect(throws: ChartError("column 'x' has only missing values", help: help)) {
                try ChartSamples.draw(Chart(table(x: missing, y: missing)).adding(mark, arguments(mark)))
            }
        }
    }

    @Test func every_mark_names_the_column_that_is_not_there() throws {
        for mark in MarkCatalogue.all {
            var wrong = arguments(mark)
            wrong[takesX(mark) ? "x" : "low"] = .string("nmae")
            #expect(throws: ChartError("unknown column 'nmae'", help: "did you mean 'name'?")) {
                try Chart(accuracies).adding(mark, wrong)
            }
        }
    }

    @Test func every_mark_names_the_channel_that_is_lacking() throws {
        for mark in MarkCatalogue.all where !mark.required.isEmpty {
            #expect(throws: ChartError("\(mark.name) lacks 'x'", help: "name a column: x: \"…\"")) {
                try Chart(accuracies).adding(mark, [:])
            }
        }
    }

    @Test func every_mark_that_colours_has_its_series_in_the_legend() throws {
        for mark in MarkCatalogue.all where mark.optional.contains(.color) {
            let chart = try Chart(accuracies).adding(mark, arguments(mark))
            let texts = try ChartSamples.draw(chart).texts(.legendText).map(\.text)
            #expect(texts.prefix(2) == ["a", "b"], "\(mark.name)")
        }
    }
}
