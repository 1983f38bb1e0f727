import Compute
import Testing

@testable import Runtime

@Suite struct ProgressDisplayTests {
    private static let progress = Progress(
        task: "pretrain resnet50 on fashion-mnist", done: 30, total: 100, unit: "images", detail: "loss 0.41")

    @Test func aLineFitsATerminalOfAnyWidth() {
        let tasks = ["", "run", "pretrain 日本語のネットワーク on fashion-mnist 🙂", String(repeating: "long ", count: 50)]
        for task in tasks {
            for (done, total) in [(0, 0), (0, 100), (30, 100), (100, 100), (150, 100)] {
                let progress = Progress(task: task, done: done, total: total, unit: "images", detail: "loss 0.41")
                for width in 0...160 {
                    let line = ProgressDisplay.line(progress, rate: 12.34, width: width)
                    #expect(line.displayWidth < max(1, width), "\(width): \(line)")
                }
            }
        }
    }

    @Test func aNarrowTerminalShowsTheShare() {
        #expect(ProgressDisplay.line(Self.progress, rate: 12.34, width: 10).contains("30%"))
        #expect(ProgressDisplay.line(Self.progress, rate: 12.34, width: 30).contains("6 s left"))
        #expect(ProgressDisplay.line(Self.progress, rate: 12.34, width: 50).contains("━"))
        #expect(ProgressDisplay.line(Self.progress, rate: 12.34, width: 100).contains("loss 0.41"))
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
