/** The classes of queries in the search bench, in the syntax of the search box. */

export type QueryClass = { readonly name: string; readonly queries: readonly string[] };

export const queryClasses: readonly QueryClass[] = [
  {
    name: 'rare word',
    queries: [
      'gradiometer',
      'hypergraphs',
      'plasticity',
      'cryptanalysis',
      'lemmatization',
      'anaphora',
      'tensegrity',
      'bandlimited',
    ],
  },
  {
    name: 'ordinary word',
    queries: ['segmentation', 'translation', 'diffusion', 'speech', 'retrieval', 'robot', 'privacy', 'clustering'],
  },
  { name: 'common word', queries: ['model', 'learning', 'data', 'paper', 'method', 'results', 'propose', 'based'] },
  {
    name: 'two common words',
    queries: [
      'language model',
      'neural network',
      'deep learning',
      'propose method',
      'data based',
      'training performance',
      'state approach',
      'task results',
    ],
  },
  {
    name: 'phrase',
    queries: [
      '"large language models"',
      '"neural network"',
      '"state of the art"',
      '"attention is all you need"',
      '"knowledge graph"',
      '"in this paper we propose"',
      '"contrastive learning"',
      '"the results show that"',
    ],
  },
  { name: 'prefix of 1 letter', queries: ['m*', 's*', 'c*', 'p*', 'x*', 'a*'] },
  { name: 'prefix of 2 letters', queries: ['mo*', 'co*', 're*', 'pr*', 'in*', 'zy*'] },
  { name: 'prefix of 3 letters', queries: ['mod*', 'con*', 'pre*', 'tra*', 'zer*', 'int*'] },
  {
    name: 'word and prefix',
    queries: ['language mod*', 'speculative dec*', 'graph neur*', 'deep le*', 'image seg*', 'reinforcement l*'],
  },
  {
    name: 'field',
    queries: [
      'title:transformer',
      'title:learning',
      'author:smith',
      'author:zhang',
      'abstract:benchmark',
      'title:"language models"',
    ],
  },
  {
    name: 'OR',
    queries: [
      'transformer OR mamba OR rwkv',
      'model OR learning OR data',
      'speech OR audio OR music OR sound',
      '"graph neural" OR "knowledge graph" OR ontology',
    ],
  },
  {
    name: 'long question',
    queries: [
      'how can we make large language models answer questions about long documents without training them again on new data',
      'what are the best methods for detecting objects in images taken by drones at night with few labelled examples',
      'which approaches reduce the cost of training deep neural networks on many machines with slow network connections',
      'efficient inference of transformer models by speculative decoding with small draft models and verification in parallel',
    ],
  },
  {
    name: 'exclusion',
    queries: [
      'model -language',
      'learning -deep -reinforcement',
      'segmentation -medical',
      'translation -"neural machine"',
    ],
  },
  {
    name: 'filters',
    queries: [
      'model authors:..3 published:2023',
      'learning tag:topic-3 published:>=2020',
      'data category:cs.CL authors:>=5',
      'network has:code upvotes:>=50',
      'transformer -tag:topic-1 published:2024-01..2024-06',
    ],
  },
  {
    name: 'filters only, newest',
    queries: ['authors:2..5', 'published:2022', 'tag:topic-2', 'category:cs', 'has:code sort:trending', 'sort:upvotes'],
  },
];
