@testable import Runtime

/// Tables and tools that the chart tests share.
enum ChartSamples {
    /// Every letter 0.55 em wide: layout without a font library. The quantiles are those of t at 97.5% (NIST tables).
    static let tools = ChartTools(measure: EvenMeasure()) { p, degrees in
        let table: [Double: Double] = [1: 12.7062, 2: 4.30265, 3: 3.18245, 10: 2.22814, 14: 2.14479]
        return p == 0.975 ? table[degrees] ?? 1.95996 : .nan
    }

    /// Four networks as the study's own picture has them.
    static func fourNetworks() throws -> Table {
        try Table([
            ("model", .strings(["ResNet", "MobileNet v2", "DenseNet", "Inception"])),
            ("source", .numbers([0.912, 0.897, 0.921, 0.905])), ("transfer", .numbers([0.84, 0.80, 0.86, 0.835])),
            ("low", .numbers([0.80, 0.76, 0.83, 0.80])), ("high", .numbers([0.875, 0.84, 0.89, 0.868])),
        ])
    }

    /// Sixteen networks crowded along a line, as in figure 2 of Kornblith et al. 2019.
    static func sixteenNetworks() throws -> Table {
        let names = [
            "Inception v1", "BN-Inception", "Inception v3", "Inception v4", "Inception-ResNet v2", "ResNet-50 v1",
            "ResNet-101 v1", "ResNet-152 v1", "DenseNet-121", "DenseNet-169", "DenseNet-201", "MobileNet v1",
            "MobileNet v2", "MobileNet v2 (1.4)", "NASNet-A Mobile", "NASNet-A Large",
        ]
        let source = [
            0.736, 0.753, 0.786, 0.799, 0.803, 0.769, 0.786, 0.793, 0.756, 0.767, 0.771, 0.724, 0.716, 0.747, 0.736,
            0.808,
        ]
        let transfer = [
            0.7620, 0.7680, 0.8080, 0.8135, 0.8310, 0.7940, 0.8048, 0.8103, 0.7810, 0.7949, 0.7941, 0.7500, 0.7489,
            0.7732,
            0.7618, 0.8228,
        ]
        return try Table([
            ("model", .strings(names)), ("source", .numbers(source)), ("transfer", .numbers(transfer)),
            ("se", .numbers((0..<16).map { 0.015 + 0.002 * Double($0 % 5) })),
        ])
    }

    static func scatter(_ table: Table) throws -> Chart {
        let withBars: [String: Datum] =
            table.has("se")
            ? ["error": .string("se"), "error_scale": .string("scaled")]
            : ["low": .string("low"), "high": .string("high")]
        return try Chart(table)
            .adding("points", ["x": .string("source"), "y": .string("transfer"), "label": .string("model")])
            .adding("errorbars", withBars).adding("regression", ["ci": .number(0.95)])
            .scales(x: ScaleSetting(.logit), y: ScaleSetting(.logit))
            .labels(ChartLabels(title: "Do better source models transfer better?", subtitle: "r = 0.97, p = 0.03"))
    }

    static func draw(_ chart: Chart, size: Size = BuildChart.standardSize) throws -> Drawing {
        try BuildChart(chart, tools: tools).drawing(size: size)
    }
}

struct EvenMeasure: TextMeasure {
    func extent(of text: String, in font: Font) -> TextExtent {
        TextExtent(width: 0.55 * font.size * Double(text.count), ascent: 0.93 * font.size, descent: 0.24 * font.size)
    }
}

extension Drawing {
    var canvas: Rect { Rect(minX: 0, minY: 0, maxX: size.width, maxY: size.height) }

    /// The bounding boxes of the signs that the points mark drew.
    var signs: [Rect] { shapes(.mark("points")).compactMap(\.bounds) }
}
