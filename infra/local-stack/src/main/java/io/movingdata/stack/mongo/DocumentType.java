package io.movingdata.stack.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Documents as values in the file. */
final class DocumentType extends BasicDataType<Document> {

  @Override
  public int getMemory(Document document) {
    return Bson.memory(document);
  }

  @Override
  public void write(WriteBuffer out, Document document) {
    Bson.write(out, document);
  }

  @Override
  public Document read(ByteBuffer in) {
    return (Document) Bson.read(in);
  }

  @Override
  public Document[] createStorage(int size) {
    return new Document[size];
  }
}
