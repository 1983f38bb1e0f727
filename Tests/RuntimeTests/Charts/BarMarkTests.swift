import Testing

@testable import Runtime

/// Where bars stand: side by side, on each other, level; and what shows on them.
@Suite struct BarMarkTests {
    private var table: Table {
        get throws {
            try Table([
                ("name", .strings(["a", "a", "b", "b"])), ("kind", .strings(["p", "q", "p", "q"])),
                ("value", .numbers([1, 3, 2, -4])),
            ])
        }
    }

    private func bars(_ x: String, _ y: String, position: String = "side") throws -> (rects: [Rect], drawing: Drawing) {
        let chart = try Chart(table).adding(
            "bars", ["x": .string(x), "y": .string(y), "color": .string("kind"), "position": .string(position)])
        let drawing = try ChartSamples.draw(chart)
        return (drawing.shapes(.mark("bars")).compactMap(\.bounds), drawing)
    }

    @Test func stacked_bars_stand_on_each_other_and_negative_ones_hang_below() throws {
        let rects = try bars("name", "value", position: "stack").rects
        #expect(rects[0].minX == rects[1].minX && rects[0].maxX == rects[1].maxX)
        #expect(rects[1].maxY == rects[0].minY)
        #expect(abs(rects[1].height - 3 * rects[0].height) < 1e-9)
        // 2 above and 4 below the axis, where the bars of "a" begin.
        #expect(abs(rects[2].maxY - rects[0].maxY) < 1e-9 && abs(rects[3].minY - rects[0].maxY) < 1e-9)
        #expect(abs(rects[3].height - 2 * rects[2].height) < 1e-9)
    }

    @Test func filled_bars_are_shares_of_one() throws {
        let positive = try Table([
            ("name", .strings(["a", "a", "b"])), ("kind", .strings(["p", "q", "p"])), ("value", .numbers([1, 3, 7])),
        ])
        let chart = try Chart(positive).adding(
            "bars",
            ["x": .string("name"), "y": .string("value"), "color": .string("kind"), "position": .string("fill")])
        let rects = try ChartSamples.draw(chart).shapes(.mark("bars")).compactMap(\.bounds)
        #expect(abs(rects[0].height + rects[1].height - rects[2].height) < 1e-9)
        #expect(abs(rects[1].height - 3 * rects[0].height) < 1e-9)
    }

    @Test func bars_on_each_other_need_a_linear_axis() throws {
        let chart = try Chart(table).adding(
            "bars", ["x": .string("name"), "y": .string("value"), "position": .string("stack")])
        #expect(throws: ChartError.self) { try ChartSamples.draw(chart.scales(y: ScaleSetting(.fisher))) }
    }

    @Test func bars_lie_level_where_y_has_the_names_with_the_first_name_and_series_on_top() throws {
        let (rects, drawing) = try bars("value", "name")
        #expect(rects[0].maxY <= rects[1].minY + 1e-9, "series p of a above q")
        #expect(rects[1].maxY < rects[2].minY, "a above b")
        #expect(abs(rects[1].width - 3 * rects[0].width) < 1e-9)
        #expect(abs(rects[3].maxX - rects[0].minX) < 1e-9, "the negative bar reaches left from the axis")
        let names = drawing.texts(.tickLabel).filter { ["a", "b"].contains($0.text) }
        let tops = Dictionary(uniqueKeysWithValues: names.map { ($0.text, $0.bounds.minY) })
        #expect(try #require(tops["a"]) < #require(tops["b"]))
    }

    @Test func level_error_bars_stand_on_their_bars() throws {
        let chart = try Chart(table)
            .adding("bars", ["x": .string("value"), "y": .string("name"), "color": .string("kind")])
            .adding("errorbars", ["xerror": .number(0.5), "cap": .number(0)])
        let drawing = try ChartSamples.draw(chart)
        let middles = drawing.shapes(.mark("bars")).compactMap(\.bounds?.center.y)
        let errors = drawing.shapes(.mark("errorbars")).compactMap(\.bounds?.center.y)
        #expect(errors.count == 4)
        for (bar, error) in zip(middles, errors) { #expect(abs(bar - error) < 1e-9) }
    }

    @Test func numbers_are_written_on_stacked_bars_in_ink_that_shows() throws {
        let chart = try Chart(table).adding(
            "bars",
            [
                "x": .string("name"), "y": .string("value"), "color": .string("kind"), "position": .string("stack"),
                "label": .string("value"),
            ])
        let words = try ChartSamples.draw(chart).texts(.mark("bars"))
        #expect(words.map(\.text).sorted() == ["-4", "1", "2", "3"])
        #expect(Color(0x0072B2).contrasting == Color(0xFFFFFF))
        #expect(Color(0xF0E442).contrasting == Color(0x1F2328))
    }
}
