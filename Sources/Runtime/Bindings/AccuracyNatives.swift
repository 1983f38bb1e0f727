import Compute
import Lang

/// How well predictions agree with labels.
enum AccuracyNatives {
    private static let group = "Statistics"
    private static let mostClasses = 2000
    private static let example = "[\"cat\", \"dog\", \"cat\"], [\"cat\", \"dog\", \"dog\"]"
    private static var both: [Parameter] {
        [.classNames("predictions", "one an example"), .classNames("labels", "the true classes")]
    }

    static var signatures: [Signature] {
        [
            .host(
                "top1", group: group, "The share of predictions that are right.", both, returns: .number(),
                example: "top1(\(example))"
            ) { call in
                let classes = try ClassNames(call, "predictions", "labels").indices
                return .number(try Classification.top1(classes[0], classes[1]))
            },
            .host(
                "mean_per_class", group: group,
                "The share of right predictions in each class, averaged over the classes.",
                both, returns: .number(), example: "mean_per_class(\(example))"
            ) { call in
                let classes = try ClassNames(call, "predictions", "labels")
                return .number(
                    try Classification.meanPerClass(
                        classes.indices[0], classes.indices[1], classes: classes.names.count))
            },
            confusion, interval, averagePrecision, calibration,
        ]
    }

    private static var confusion: Signature {
        .host(
            "confusion", group: group, "How often each class was taken for each: a row a true class.", both,
            returns: .foreign(typeName: "table"), example: "confusion(\(example))"
        ) { call in
            let classes = try ClassNames(call, "predictions", "labels")
            guard classes.names.count <= mostClasses else {
                throw NativeError(
                    "a table of \(Wording.grouped(classes.names.count)) classes helps nobody",
                    help: "are these classes? at most \(Wording.grouped(mostClasses)) are counted")
            }
            let counts = try Classification.confusion(
                classes.indices[0], classes.indices[1], classes: classes.names.count)
            // A class may be called "label" as well.
            let heading = classes.names.contains("label") ? "label " : "label"
            let columns = classes.names.indices.map { column in
                (name: classes.names[column], column: Column.numbers(counts.map { Double($0[column]) }))
            }
            return .table(try Table([(heading, .strings(classes.names))] + columns))
        }
    }

    private static var interval: Signature {
        .host(
            "accuracy_interval", group: group, "How sure an accuracy is: Wilson's interval (1927) of a proportion.",
            [
                Parameter("right", .integer(0...Int.max)), Parameter("of", .integer(1...Int.max), "examples"), .level(),
            ], returns: .list(of: .number()), example: "accuracy_interval(893, of: 1000)"
        ) { call in
            let interval = try Classification.wilsonInterval(
                right: call.integer("right"), of: call.integer("of"), level: call.number("level"))
            return .numbers([interval.low, interval.high])
        }
    }

    private static var averagePrecision: Signature {
        .host(
            "average_precision", group: group, "How well scores put the positives first, from 0 to 1.",
            text:
                "Labels above 0 are positive. Where some are negative, 0 marks examples that do not count, as in PASCAL VOC.\n"
                + "\"11-point\" is VOC 2007's, \"interpolated\" that of later years, \"full\" scikit-learn's. The mean over\n"
                + "classes is the mAP.",
            [
                Parameter("scores", .numbers), .scores("labels"),
                Parameter(
                    "interpolation", .choice(AveragePrecision.allCases.map(\.rawValue)), default: .string("11-point")),
            ], returns: .number(), example: "average_precision([0.9, 0.8, 0.3], [1, -1, 1])"
        ) { call in
            let kind = AveragePrecision(rawValue: try call.string("interpolation")) ?? .elevenPoint
            let (scores, labels) = (try call.numbers("scores"), try call.scores("labels"))
            return .number(try Detached.run(check: call.checkInterruption) { try kind.score(scores, labels) })
        }
    }

    private static var calibration: Signature {
        .host(
            "calibration", group: group, "Whether answers with confidence c are right with frequency c.",
            text:
                "`error` is the expected calibration error (Guo et al. 2017), `largest` that of the worst bin, `bins` the\n"
                + "table to draw.",
            [
                Parameter("confidence", .list(of: .number(0...1)), "probability of the predicted class"),
                .scores("right"),
                Parameter("bins", .integer(1...10_000), default: .number(15)),
            ], returns: .record, example: "calibration([0.9, 0.8, 0.6], [true, true, false], bins: 5).error"
        ) { call in
            let right = try call.scores("right")
            if let odd = right.first(where: { $0 != 0 && $0 != 1 }) {
                throw NativeError("'right' takes true and false, got \(odd)", parameter: "right")
            }
            let result = try Calibration(
                confidence: call.numbers("confidence"), isRight: right.map { $0 == 1 }, bins: call.integer("bins"))
            let bins = result.bins
            let table = try Table([
                ("low", .numbers(bins.map(\.low))), ("high", .numbers(bins.map(\.high))),
                ("count", .numbers(bins.map { Double($0.count) })), ("confidence", .numbers(bins.map(\.confidence))),
                ("accuracy", .numbers(bins.map(\.accuracy))),
            ])
            return .record([
                "error": .number(result.expectedError), "largest": .number(result.maximumError), "bins": .table(table),
            ])
        }
    }
}
