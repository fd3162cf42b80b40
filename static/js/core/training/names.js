/** @type {Readonly<Record<string, string>>} */
const DATASETS = {
  'mnist-subset': 'MNIST, a tenth',
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
};

/**
 * What a data set is called; one's own that is not there any more by its name.
 * @param {string} dataset
 * @param {readonly {name: string, title: string}[] | null} [cards]  the sets that there are
 */
export const datasetText = (dataset, cards) =>
  DATASETS[dataset] ??
  cards?.find(({ name }) => name === dataset)?.title ??
  dataset.replace('own:', '');
