/// Stochastic gradient descent with momentum, weight decay and averaging, one pass over each parameter.
///
/// PyTorch's definition (Sutskever et al. 2013 with the rate outside the velocity): `g ← ∇ + λ·w`, `v ← μ·v + g`,
/// `w ← w − η·(g + μ·v)` for Nesterov, `w ← w − η·v` otherwise. Padding of blocked layouts is zero and stays zero.
struct NesterovSGD {
    private let momentum: Float
    private let nesterov: Bool
    private let decay: Float
    private let averaging: Float?
    private var velocities: [[Float]]
    private var averages: [[Float]]

    init(_ recipe: Recipe, parameters: [TrainedParameter]) {
        momentum = Float(recipe.momentum)
        nesterov = recipe.nesterov
        decay = Float(recipe.weightDecay)
        averaging = recipe.averaging.map(Float.init)
        velocities = parameters.map { [Float](repeating: 0, count: $0.value.count) }
        averages = recipe.averaging == nil ? [] : parameters.map { Array($0.value) }
    }

    /// Moves every parameter by its gradient.
    mutating func step(_ parameters: [TrainedParameter], rate: Double) {
        for (index, parameter) in parameters.enumerated() {
            move(parameter, velocity: &velocities[index], rate: Float(rate))
            if let averaging {
                average(parameter.value, into: &averages[index], keep: averaging)
            }
        }
    }

    /// Puts the averaged weights in the place of the trained ones.
    func useAverages(_ parameters: [TrainedParameter]) {
        for (parameter, average) in zip(parameters, averages) {
            for index in average.indices { parameter.value[index] = average[index] }
        }
    }

    private func move(_ parameter: TrainedParameter, velocity: inout [Float], rate: Float) {
        let (value, gradient, count) = (parameter.value, parameter.gradient, parameter.value.count)
        let (momentum, decay) = (self.momentum, parameter.decays ? self.decay : 0)
        // With Nesterov the step is g + μ·v, without it v: one loop serves both.
        let (ofGradient, ofVelocity): (Float, Float) = nesterov ? (1, momentum) : (0, 1)
        velocity.withUnsafeMutableBufferPointer { velocity in
            for index in 0..<count {
                let slope = gradient[index] + decay * value[index]
                let speed = momentum * velocity[index] + slope
                velocity[index] = speed
                value[index] -= rate * (ofGradient * slope + ofVelocity * speed)
            }
        }
    }

    private func average(_ value: UnsafeMutableBufferPointer<Float>, into average: inout [Float], keep: Float) {
        average.withUnsafeMutableBufferPointer { average in
            for index in 0..<average.count { average[index] = keep * average[index] + (1 - keep) * value[index] }
        }
    }
}
