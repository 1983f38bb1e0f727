/// Fashion-MNIST: Xiao, Rasul and Vollgraf 2017, arXiv 1708.07747.
extension DatasetLayout {
    public static let fashionMNIST = DatasetLayout(
        "fashion-mnist", title: "Fashion-MNIST", page: "https://github.com/zalandoresearch/fashion-mnist",
        package: "dataset-fashion-mnist",
        classes: [
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
        ],
        nativeShape: [1, 28, 28], expects: IdxPair.files.map { $0 + ".gz" }, sizes: [.train: 60_000, .test: 10_000],
        folders: ["fashion-mnist"]
    ) { folder, shape, _, monitor in
        try IdxPair.read(folder: folder, suffix: ".gz", classes: 10, shape: shape, monitor: monitor)
    }
}
