/** @type {Readonly<Record<string, string>>} */
const DATASETS = {
  'mnist-subset': 'MNIST, a tenth',
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
};

/** What a data set is called; of one's own its name. @param {string} dataset */
export const datasetText = (dataset) => DATASETS[dataset] ?? dataset.replace('own:', '');
