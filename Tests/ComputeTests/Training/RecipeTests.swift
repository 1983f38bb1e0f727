import Testing

@testable import Compute

@Suite struct RecipeTests {
    private static let outOfRange: [(message: String, change: @Sendable (inout Recipe) -> Void)] = [
        ("'lr' takes a positive number, got 0.0", { $0.learningRate = 0 }),
        ("'lr' takes a positive number, got -1.0", { $0.learningRate = -1 }),
        ("'lr' takes a positive number, got nan", { $0.learningRate = .nan }),
        ("'lr' takes a positive number, got inf", { $0.learningRate = .infinity }),
        ("'momentum' takes a number from 0 to below 1, got 1.0", { $0.momentum = 1 }),
        ("'momentum' takes a number from 0 to below 1, got -0.5", { $0.momentum = -0.5 }),
        ("'weight_decay' takes a number from 0 on, got -0.1", { $0.weightDecay = -0.1 }),
        ("'weight_decay' takes a number from 0 on, got nan", { $0.weightDecay = .nan }),
        ("'batch' takes a whole number from 1 to 65536, got 0", { $0.batch = 0 }),
        ("'batch' takes a whole number from 1 to 65536, got 65537", { $0.batch = 65_537 }),
        ("'warmup' takes a number of steps from 0 on, got -1", { $0.warmup = -1 }),
        ("'label_smoothing' takes a number from 0 to below 1, got 1.0", { $0.labelSmoothing = 1 }),
        ("'ema' takes a number from 0 to below 1, got 1.0", { $0.averaging = 1 }),
        ("'steps' takes a whole number from 1 to 100,000,000, got 0", { $0.duration = .steps(0) }),
        ("'epochs' takes a positive number up to a million, got 0.0", { $0.duration = .epochs(0) }),
        ("'epochs' takes a positive number up to a million, got nan", { $0.duration = .epochs(.nan) }),
        ("'shift' takes a number of pixels from 0 to 64, got -1", { $0.augmentation.shift = -1 }),
        ("'factor' takes a positive number, got 0.0", { $0.schedule = .exponential(factor: 0) }),
    ]

    @Test(arguments: outOfRange.indices) func aParameterOutOfRangeIsNamed(_ index: Int) throws {
        let (message, change) = Self.outOfRange[index]
        var recipe = Recipe(learningRate: 0.1, duration: .steps(1))
        change(&recipe)
        let error = try #require(throws: ComputeError.self) { try recipe.validate() }
        #expect(error.kind == .badArgument)
        #expect(error.message == message)
    }

    @Test func theEndsOfTheRangesAreAllowed() throws {
        var recipe = Recipe(learningRate: 1e-12, duration: .epochs(1e6))
        (recipe.momentum, recipe.batch, recipe.averaging, recipe.labelSmoothing) = (0, 65_536, 0, 0)
        try recipe.validate()
    }
}
