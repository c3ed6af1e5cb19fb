package dev.doorstep.driver.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Pages to OFD (GB/T 33190-2016): a ZIP of five kinds of small XML and the pictures. It is written
 * here, straight to a stream: ofdrw, which reads it in the tests, lays all pages out as open files
 * in the temporary folder first, and residents' papers touch no disk of ours unencrypted.
 *
 * <pre>
 *   OFD.xml                          where the document begins
 *   Doc_0/Document.xml               its pages
 *   Doc_0/DocumentRes.xml            its pictures
 *   Doc_0/Res/Image_1.jpg
 *   Doc_0/Pages/Page_0/Content.xml   which picture lies where, in millimetres
 * </pre>
 */
final class OfdWriter {
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final String SPACE = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

  /** Ids are one row for the whole document: a page, its layer, its object and its picture. */
  private static final int IDS = 4;

  private OfdWriter() {}

  static void write(List<EncodedPage> pages, OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      text(zip, "OFD.xml", start());
      text(zip, "Doc_0/Document.xml", document(pages));
      text(zip, "Doc_0/DocumentRes.xml", resources(pages));
      for (int i = 0; i < pages.size(); i++) {
        text(zip, "Doc_0/Pages/Page_" + i + "/Content.xml", page(i, pages.get(i).onPaper()));
        stored(zip, "Doc_0/Res/" + name(i, pages.get(i)), pages.get(i).bytes());
      }
    }
  }

  private static String start() {
    return HEAD
        + """
        <ofd:OFD %s DocType="OFD" Version="1.0">
          <ofd:DocBody>
            <ofd:DocInfo>
              <ofd:DocID>%s</ofd:DocID>
              <ofd:Creator>Doorstep</ofd:Creator>
            </ofd:DocInfo>
            <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>
          </ofd:DocBody>
        </ofd:OFD>
        """
            .formatted(SPACE, java.util.UUID.randomUUID().toString().replace("-", ""));
  }

  private static String document(List<EncodedPage> pages) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < pages.size(); i++) {
      list.append(
          "    <ofd:Page ID=\"%d\" BaseLoc=\"Pages/Page_%d/Content.xml\"/>\n"
              .formatted(IDS * i + 1, i));
    }
    return HEAD
        + """
        <ofd:Document %s>
          <ofd:CommonData>
            <ofd:MaxUnitID>%d</ofd:MaxUnitID>
            <ofd:PageArea>
              <ofd:PhysicalBox>%s</ofd:PhysicalBox>
            </ofd:PageArea>
            <ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>
          </ofd:CommonData>
          <ofd:Pages>
        %s  </ofd:Pages>
        </ofd:Document>
        """
            .formatted(SPACE, IDS * pages.size(), box(pages.get(0).onPaper()), list);
  }

  private static String resources(List<EncodedPage> pages) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < pages.size(); i++) {
      list.append(
          """
              <ofd:MultiMedia ID="%d" Type="Image" Format="%s">
                <ofd:MediaFile>%s</ofd:MediaFile>
              </ofd:MultiMedia>
          """
              .formatted(
                  IDS * i + 4,
                  pages.get(i).form() == EncodedPage.Form.JPEG ? "JPEG" : "PNG",
                  name(i, pages.get(i))));
    }
    return HEAD
        + """
        <ofd:Res %s BaseLoc="Res">
          <ofd:MultiMedias>
        %s  </ofd:MultiMedias>
        </ofd:Res>
        """
            .formatted(SPACE, list);
  }

  private static String page(int i, PageSize size) {
    String box = box(size);
    return HEAD
        + """
        <ofd:Page %s>
          <ofd:Area>
            <ofd:PhysicalBox>%s</ofd:PhysicalBox>
          </ofd:Area>
          <ofd:Content>
            <ofd:Layer ID="%d" Type="Body">
              <ofd:ImageObject ID="%d" Boundary="%s" CTM="%s 0 0 %s 0 0" ResourceID="%d"/>
            </ofd:Layer>
          </ofd:Content>
        </ofd:Page>
        """
            .formatted(
                SPACE,
                box,
                IDS * i + 2,
                IDS * i + 3,
                box,
                number(size.width()),
                number(size.height()),
                IDS * i + 4);
  }

  private static String name(int i, EncodedPage page) {
    return "Image_" + (i + 1) + (page.form() == EncodedPage.Form.JPEG ? ".jpg" : ".png");
  }

  private static String box(PageSize size) {
    return "0 0 " + number(size.width()) + " " + number(size.height());
  }

  private static String number(double millimetres) {
    return String.format(Locale.ROOT, "%.3f", millimetres);
  }

  private static void text(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  /** Pictures are as small as they get: packing them again costs time for nothing. */
  private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
