// Made by `make catalogue` from the declarations of this folder: do not edit.

extension NetworkFamily {
    /// Everything that is declared, in the order of its name.
    public static let all: [NetworkFamily] = [
        .bnInception,
        .denseNet,
        .inceptionResNetV2,
        .inceptionV1,
        .inceptionV3,
        .inceptionV4,
        .mobileNetV1,
        .mobileNetV2,
        .nasNet,
        .resNet,
    ]
}
