import Compute
import Testing

@testable import Runtime

@Suite struct ProgressDisplayTests {
    @Test(arguments: [20, 40, 80, 120]) func aLineFitsTheTerminal(width: Int) {
        let progress = Progress(
            task: "pretrain resnet50 on fashion-mnist", done: 30, total: 100, unit: "images", detail: "loss 0.41")
        #expect(ProgressDisplay.line(progress, rate: 12.34, width: width).count < width)
    }

    @Test func theLineSaysShareRateAndTimeLeft() {
        let progress = Progress(task: "run", done: 6000, total: 12_000, unit: "cells", detail: "", scale: 1000)
        let line = ProgressDisplay.line(progress, rate: 500, width: 100)
        #expect(line.contains("50%") && line.contains("0.5 cells/s") && line.contains("12 s left"))
    }

    @Test func durationsReadAsAClock() {
        #expect(ProgressDisplay.duration(42) == "42 s")
        #expect(ProgressDisplay.duration(187) == "3:07")
        #expect(ProgressDisplay.duration(3723) == "1:02:03")
        #expect(ProgressDisplay.duration(.infinity) == "?")
    }
}
