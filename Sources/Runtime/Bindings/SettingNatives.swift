import Compute
import Lang

/// Training settings for scripts: values with the paper's numbers as defaults.
enum SettingNatives {
    private static let group = "Settings"
    private static var recipe: ParameterKind { .foreign(typeName: "recipe") }

    static var signatures: [Signature] { schedules + [descent] + settings }

    private static var schedules: [Signature] {
        [
            schedule("constant", "The learning rate stays.", []) { _ in .constant },
            schedule("cosine", "The learning rate falls to 0 along half a cosine.", []) { _ in .cosine },
            schedule(
                "exponential", "The learning rate is multiplied by a factor an epoch.",
                [Parameter("factor", .number(1e-6...1))],
                example: "exponential(0.975)"
            ) { .exponential(factor: try $0.number("factor")) },
        ]
    }

    private static func schedule(
        _ name: String, _ summary: String, _ parameters: [Parameter], example: String? = nil,
        _ make: @escaping (NativeCall) throws -> Schedule
    ) -> Signature {
        .host(
            name, group: group, summary, parameters, returns: .foreign(typeName: "schedule"),
            example: example ?? "\(name)()"
        ) {
            .foreign(ScheduleValue(try make($0)))
        }
    }

    private static var descent: Signature {
        .host(
            "sgd", group: group, "Stochastic gradient descent: give steps or epochs.",
            [
                Parameter("lr", .number(1e-12...1000), "learning rate, which the schedule multiplies"),
                optional("steps", .integer(1...100_000_000)), optional("epochs", .number(1e-6...1_000_000)),
                Parameter("batch", .integer(1...65_536), default: .number(256)),
                Parameter("momentum", .number(0...0.9999), default: .number(0.9)),
                Parameter("nesterov", .bool, default: .bool(true)),
                Parameter("weight_decay", .number(0...1000), default: .number(0)),
                optional("schedule", .foreign(typeName: "schedule"), "cosine() when left out"),
                Parameter("warmup", .integer(0...100_000_000), default: .number(0), "steps of linear rise"),
                optional("ema", .number(0...0.999999999), "decay of the moving average that replaces the weights"),
                Parameter("label_smoothing", .number(0...0.999), default: .number(0)),
                Parameter("flip", .bool, default: .bool(false), "mirrors every second image"),
                Parameter("shift", .integer(0...64), default: .number(0), "moves images by up to so many pixels"),
            ], exactlyOne: ["steps", "epochs"], returns: recipe,
            example: "sgd(lr: 0.1, steps: 200, batch: 64, weight_decay: 1e-4)"
        ) { .foreign(RecipeValue(try read($0))) }
    }

    private static func read(_ call: NativeCall) throws -> Recipe {
        let duration: Recipe.Duration
        switch (try call.optionalInteger("steps"), try call.optionalNumber("epochs")) {
        case (let steps?, nil): duration = .steps(steps)
        case (nil, let epochs?): duration = .epochs(epochs)
        case (nil, nil): throw NativeError("'sgd' needs 'steps' or 'epochs'")
        default: throw NativeError("'sgd' takes only one of 'steps' and 'epochs'", parameter: "epochs")
        }
        var recipe = Recipe(learningRate: try call.number("lr"), duration: duration)
        recipe.batch = try call.integer("batch")
        recipe.momentum = try call.number("momentum")
        recipe.nesterov = try call.bool("nesterov")
        recipe.weightDecay = try call.number("weight_decay")
        recipe.schedule = try call.optionalForeign("schedule", as: ScheduleValue.self)?.schedule ?? .cosine
        recipe.warmup = try call.integer("warmup")
        recipe.averaging = try call.optionalNumber("ema")
        recipe.labelSmoothing = try call.number("label_smoothing")
        recipe.augmentation = Augmentation(flip: try call.bool("flip"), shift: try call.integer("shift"))
        try recipe.validate()
        return recipe
    }

    private static var settings: [Signature] {
        [
            .host(
                "logreg", group: group, "L2-regularised multinomial logistic regression on frozen features.",
                text:
                    "The penalty is λ/2·‖W‖² on the sum of the losses, the bias is free; λ is chosen on the validation split\n"
                    + "along a warm-started path, then the fit is repeated on training and validation examples.",
                [
                    optional(
                        "l2", .list(of: .number(0...1e12)), "values of λ; none takes the paper's 45 from 1e-6 to 1e5")
                ],
                returns: .foreign(typeName: "setting"), example: "logreg(l2: logspace(-4, 4, 9))"
            ) { call in
                let penalties = try call.optionalNumbers("l2") ?? RegularizationPath.paperPenalties
                guard !penalties.isEmpty else { throw NativeError("'l2' needs at least one value", parameter: "l2") }
                return .foreign(SettingValue(.logisticRegression(penalties: penalties)))
            },
            .host(
                "finetune", group: group, "All weights trained on from the pretrained ones, with a new classifier.",
                text: "The momentum of batch normalisation is max(1 − 10/s, 0.9), s steps an epoch, as in the paper.",
                [Parameter("sgd", recipe)], returns: .foreign(typeName: "setting"),
                example: "finetune(sgd(lr: 0.01, steps: 100))"
            ) { call in
                var recipe = try call.foreign("sgd", as: RecipeValue.self).recipe
                recipe.batchNormMomentum = .byEpoch
                return .foreign(SettingValue(.fineTuning(recipe)))
            },
            .host(
                "scratch", group: group, "The same network trained from random weights.", [Parameter("sgd", recipe)],
                returns: .foreign(typeName: "setting"), example: "scratch(sgd(lr: 0.1, steps: 100))"
            ) { call in
                var recipe = try call.foreign("sgd", as: RecipeValue.self).recipe
                recipe.batchNormMomentum = .byEpoch
                return .foreign(SettingValue(.scratch(recipe)))
            },
        ]
    }
}
