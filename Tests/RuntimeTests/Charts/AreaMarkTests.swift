import Testing

@testable import Runtime

/// Tiles, bands, ribbons and steps.
@Suite struct AreaMarkTests {
    private var counts: Table {
        get throws {
            try Table([
                ("predicted", .strings(["cat", "dog", "cat", "dog"])),
                ("true", .strings(["cat", "cat", "dog", "dog"])),
                ("n", .numbers([8, 2, 1, 9])),
            ])
        }
    }

    @Test func tiles_cover_the_panel_the_first_row_on_top_and_carry_their_numbers() throws {
        let chart = try Chart(counts).adding(
            "heatmap",
            ["x": .string("predicted"), "y": .string("true"), "color": .string("n"), "label": .string("n")])
        let drawing = try ChartSamples.draw(chart)
        let panel = try #require(drawing.panels.first)
        let tiles = drawing.shapes(.mark("heatmap")).filter { if case .rectangle = $0 { true } else { false } }
        let all = try #require(
            Rect(around: tiles.compactMap(\.bounds).flatMap { [Point($0.minX, $0.minY), Point($0.maxX, $0.maxY)] }))
        #expect(abs(all.width - panel.width) < 0.5 && abs(all.height - panel.height) < 0.5)
        #expect(drawing.shapes(.grid).isEmpty)
        let eight = try #require(drawing.texts(.mark("heatmap")).first { $0.text == "8" })
        let nine = try #require(drawing.texts(.mark("heatmap")).first { $0.text == "9" })
        #expect(eight.bounds.maxY < panel.center.y && eight.bounds.maxX < panel.center.x)
        #expect(nine.bounds.minY > panel.center.y && nine.bounds.minX > panel.center.x)
    }

    @Test func few_numbers_of_tiles_are_amounts_with_a_colour_bar() throws {
        let chart = try Chart(counts).adding(
            "heatmap", ["x": .string("predicted"), "y": .string("true"), "color": .string("n")])
        let drawing = try ChartSamples.draw(chart)
        #expect(drawing.texts(.legendText).first?.text == "n")
        #expect(drawing.shapes(.legendKey).count > 20)
    }

    @Test func bands_reach_across_the_panel_and_are_cut_to_it() throws {
        let table = try Table([("x", .numbers([0, 10])), ("y", .numbers([0, 1]))])
        let chart = try Chart(table).adding("points", ["x": .string("x"), "y": .string("y")])
            .adding("band", ["low": .number(0.25), "high": .number(0.5)])
            .adding("band", ["xlow": .number(-50), "xhigh": .number(5)])
            .scales(x: ScaleSetting(limits: 0...10), y: ScaleSetting(limits: 0...1))
        let drawing = try ChartSamples.draw(chart)
        let panel = try #require(drawing.panels.first)
        let bands = drawing.shapes(.mark("band")).compactMap(\.bounds)
        #expect(bands[0].minX == panel.minX && bands[0].maxX == panel.maxX)
        #expect(abs(bands[0].height - panel.height / 4) < 1e-9)
        #expect(bands[1].minX == panel.minX && abs(bands[1].width - panel.width / 2) < 1e-9)
        #expect(bands[1].height == panel.height)
        #expect(throws: ChartError("band lacks its ends", help: "give low: and high:, or xlow: and xhigh:")) {
            try ChartSamples.draw(Chart(table).adding("band", ["low": .number(0.25)]))
        }
    }

    @Test func a_ribbon_lies_between_its_ends_and_has_gaps() throws {
        let table = try Table([
            ("x", .numbers([1, 2, 3, 4, 5])), ("low", .numbers([0, 1, .nan, 2, 1])),
            ("high", .numbers([2, 3, 3, 4, 4])),
        ])
        let chart = try Chart(table).adding(
            "ribbon", ["x": .string("x"), "low": .string("low"), "high": .string("high")])
        let shapes = try ChartSamples.draw(chart).shapes(.mark("ribbon"))
        #expect(shapes.count == 2)
        guard case .polygon(let corners, _, _) = shapes[0] else {
            Issue.record("a ribbon is a polygon")
            return
        }
        #expect(corners.count == 4)
    }

    @Test(arguments: [("after", 5), ("before", 5), ("middle", 7), ("none", 3)])
    func steps_turn_right_angles(_ step: String, _ corners: Int) throws {
        let table = try Table([("x", .numbers([1, 2, 3])), ("y", .numbers([1, 2, 4]))])
        let chart = try Chart(table).adding(
            "lines", ["x": .string("x"), "y": .string("y"), "step": .string(step)])
        let shapes = try ChartSamples.draw(chart).shapes(.mark("lines"))
        guard case .line(let points, _)? = shapes.first else {
            Issue.record("lines draw a line")
            return
        }
        #expect(points.count == corners)
        if step != "none" {
            #expect(zip(points, points.dropFirst()).allSatisfy { $0.x == $1.x || $0.y == $1.y })
        }
        if step == "after" { #expect(points[1].y == points[0].y) }
        if step == "before" { #expect(points[1].x == points[0].x) }
    }

    @Test func lines_that_carry_their_names_need_no_legend() throws {
        let table = try Table([
            ("x", .numbers([1, 2, 1, 2])), ("y", .numbers([1, 2, 3, 1])), ("net", .strings(["a", "a", "b", "b"])),
        ])
        let arguments: [String: Datum] = [
            "x": .string("x"), "y": .string("y"), "color": .string("net"), "label": .string("net"),
        ]
        let drawing = try ChartSamples.draw(Chart(table).adding("lines", arguments))
        #expect(drawing.texts(.legendText).isEmpty)
        #expect(Set(drawing.texts(.label).map(\.text)) == ["a", "b"])
    }
}
