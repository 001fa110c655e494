package io.fedflow.components;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentProvider;
import io.fedflow.components.baseline.LocalBaseline;
import io.fedflow.components.binning.HeteroFeatureBinning;
import io.fedflow.components.binning.HomoFeatureBinning;
import io.fedflow.components.boosting.HeteroSecureBoost;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.evaluation.Evaluation;
import io.fedflow.components.expand.ColumnExpand;
import io.fedflow.components.feldman.FeldmanVerifiableSum;
import io.fedflow.components.homolr.HomoLR;
import io.fedflow.components.imputation.FeatureImputation;
import io.fedflow.components.intersection.Intersection;
import io.fedflow.components.labels.LabelTransform;
import io.fedflow.components.lr.HeteroLR;
import io.fedflow.components.lr.HeteroLinR;
import io.fedflow.components.lr.HeteroPoisson;
import io.fedflow.components.onehot.HomoOneHotEncoder;
import io.fedflow.components.onehot.OneHotEncoder;
import io.fedflow.components.pearson.HeteroPearson;
import io.fedflow.components.reader.Reader;
import io.fedflow.components.retrieval.SecureInformationRetrieval;
import io.fedflow.components.sampling.FederatedSample;
import io.fedflow.components.scale.FeatureScale;
import io.fedflow.components.scorecard.Scorecard;
import io.fedflow.components.selection.HeteroFeatureSelection;
import io.fedflow.components.split.HeteroDataSplit;
import io.fedflow.components.split.HomoDataSplit;
import io.fedflow.components.stability.StabilityIndex;
import io.fedflow.components.statistics.DataStatistics;
import io.fedflow.components.toy.SecureAddExample;
import io.fedflow.components.transform.DataIo;
import io.fedflow.components.transform.DataTransform;
import io.fedflow.components.union.Union;
import io.fedflow.components.unlabeled.PositiveUnlabeled;
import io.fedflow.components.weight.SampleWeight;
import java.util.List;

/** The components that come with Fedflow. Stateless; thread-safe. */
public final class StandardComponents implements ComponentProvider {

  /** The provider that {@link java.util.ServiceLoader} makes. */
  public StandardComponents() {}

  @Override
  public List<Component> components() {
    CryptoSuite suite = CryptoSuite.standard();
    return List.of(
        new ColumnExpand(),
        new DataIo(),
        new DataStatistics(),
        new DataTransform(),
        new Evaluation(),
        new FeatureImputation(),
        new FeatureScale(),
        new FederatedSample(),
        new FeldmanVerifiableSum(suite),
        new HeteroDataSplit(),
        new HeteroFeatureBinning(suite),
        new HeteroFeatureSelection(),
        new HeteroLR(suite),
        new HeteroLinR(suite),
        new HeteroPearson(suite),
        new HeteroPoisson(suite),
        new HeteroSecureBoost(suite),
        new HomoDataSplit(),
        new HomoFeatureBinning(),
        new HomoLR(),
        new HomoOneHotEncoder(),
        new Intersection(suite),
        new LabelTransform(),
        new LocalBaseline(),
        new OneHotEncoder(),
        new PositiveUnlabeled(),
        new Reader(),
        new SampleWeight(),
        new Scorecard(),
        new SecureAddExample(),
        new SecureInformationRetrieval(),
        new StabilityIndex(),
        new Union());
  }
}
