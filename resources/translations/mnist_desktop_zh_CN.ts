<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Actions</name>
    <message>
        <source>Tea&amp;ch</source>
        <translation>教(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open model…</source>
        <translation>打开模型(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;picture…</source>
        <translation>打开图片(&amp;P)…</translation>
    </message>
    <message>
        <source>Read pi&amp;ctures…</source>
        <translation>识别多张图片(&amp;C)…</translation>
    </message>
    <message>
        <source>Read a fo&amp;lder of pictures…</source>
        <translation>识别文件夹中的图片(&amp;L)…</translation>
    </message>
    <message>
        <source>Open st&amp;rokes…</source>
        <translation>打开笔画文件(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Import run…</source>
        <translation>导入训练(&amp;I)…</translation>
    </message>
    <message>
        <source>Open d&amp;ata set…</source>
        <translation>打开数据集(&amp;A)…</translation>
    </message>
    <message>
        <source>Open data set &amp;folder…</source>
        <translation>打开数据集文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Use MNIST</source>
        <translation>使用 MNIST(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Save model…</source>
        <translation>保存模型(&amp;S)…</translation>
    </message>
    <message>
        <source>Sa&amp;ve drawing…</source>
        <translation>保存手写(&amp;V)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>C&amp;opy text</source>
        <translation>复制文本(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Paste picture</source>
        <translation>粘贴图片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>清除(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Wide writing field</source>
        <translation>宽书写区(&amp;W)</translation>
    </message>
    <message>
        <source>Wh&amp;y this digit</source>
        <translation>为什么是这个数字(&amp;Y)</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>网络(&amp;N)</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>主题(&amp;H)</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Te&amp;xt size</source>
        <translation>文字大小(&amp;X)</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>The &amp;tutorial, here</source>
        <translation>教程对照(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>关于(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Undo deletion</source>
        <translation>撤销删除(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo the last label</source>
        <translation>撤销上一个标签(&amp;U)</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Open a data set</source>
        <translation>打开数据集</translation>
    </message>
    <message>
        <source>Open a folder with a data set</source>
        <translation>打开数据集文件夹</translation>
    </message>
    <message>
        <source>Open drawings</source>
        <translation>打开手写样本</translation>
    </message>
    <message>
        <source>Strokes</source>
        <translation>笔画文件</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开图片</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Read pictures</source>
        <translation>识别图片</translation>
    </message>
    <message>
        <source>Read a folder of pictures</source>
        <translation>识别文件夹中的图片</translation>
    </message>
</context>
<context>
    <name>AnswerLabel</name>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>Pictures of the batch</source>
        <translation>这一批次的图片</translation>
    </message>
    <message>
        <source>Shuffled, as in epoch 1</source>
        <translation>打乱顺序（同第 1 轮）</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Digits in the split</source>
        <translation>各数字的图片数</translation>
    </message>
    <message>
        <source>A network learns from a few pictures at a time. This is one such batch, as the loader hands it over: one step of the optimiser. The last batch has what is left.</source>
        <translation>网络每次从少量图片学习。这就是加载器交出的一批：优化器走一步。最后一批是剩下的图片。</translation>
    </message>
    <message>
        <source>Loading MNIST…</source>
        <translation>正在加载 MNIST…</translation>
    </message>
    <message>
        <source>{train:,} to train on
{validation:,} to validate, the live test curve
{test:,} to test, scored once at the end</source>
        <translation>训练 {train:,} 张
验证 {validation:,} 张，即实时测试曲线
测试 {test:,} 张，只在结束时评分一次</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>of {batches:,}; this one has {size:,} picture</source>
        <translation>共 {batches:,} 批；这一批有 {size:,} 张图片</translation>
    </message>
    <message>
        <source>of {batches:,}; this one has {size:,} pictures</source>
        <translation>共 {batches:,} 批；这一批有 {size:,} 张图片</translation>
    </message>
</context>
<context>
    <name>CalibrationPage</name>
    <message>
        <source>Left: of the answers of which it is 80 % sure, 80 % should be right; then the dots lie on the dotted line. Below it, the model is too sure of itself. A small dot stands for few answers; of less than {count} there is none. Right: how accuracy grows when the answers that it is least sure of are declined.</source>
        <translation>左图：把握为 80% 的答案，应有 80% 正确，这时圆点落在虚线上。落在虚线之下，说明模型过于自信。小圆点代表答案很少；少于 {count} 个时不画。右图：不回答把握最小的那些时，准确率如何上升。</translation>
    </message>
    <message>
        <source>as sure as right</source>
        <translation>把握与正确相符</translation>
    </message>
    <message>
        <source>As right as sure? Accuracy, %</source>
        <translation>把握与正确相符吗？准确率（%）</translation>
    </message>
    <message>
        <source>confidence, %</source>
        <translation>把握（%）</translation>
    </message>
    <message>
        <source>Accuracy of the rest, %</source>
        <translation>其余答案的准确率（%）</translation>
    </message>
    <message>
        <source>declined, %</source>
        <translation>不回答的比例（%）</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Drawing canvas</source>
        <translation>手写画布</translation>
    </message>
    <message>
        <source>Draw a digit or a number here with mouse, pen or finger. The left and right arrow keys go from one digit or sign to the next; the key of a digit or sign puts one right, N says that it is neither, E takes the eraser.</source>
        <translation>在这里用鼠标、笔或手指写一个数字或一串数。左右方向键在数字和符号之间移动；按数字键或符号键可以更正，按 N 表示两者都不是，按 E 换成橡皮。</translation>
    </message>
    <message>
        <source>Draw a digit or a number</source>
        <translation>请写一个数字或一串数字</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Probability of each class</source>
        <translation>各类别的概率</translation>
    </message>
</context>
<context>
    <name>ClosingQuestion</name>
    <message>
        <source>and {count} more</source>
        <translation>另外还有 {count} 个</translation>
    </message>
    <message>
        <source>If the window closes now, this is lost:</source>
        <translation>如果现在关闭窗口，将会丢失：</translation>
    </message>
    <message>
        <source>Close and lose it</source>
        <translation>关闭并放弃</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Its finished epochs are kept: the next time it can be continued after epoch {epoch}.</source>
        <translation>已完成的各轮会保留：下次可从第 {epoch} 轮之后继续。</translation>
    </message>
    <message>
        <source>It is kept: the next time it can be begun again.</source>
        <translation>它会保留：下次可以重新开始。</translation>
    </message>
    <message>
        <source>{run}.</source>
        <translation>{run}。</translation>
    </message>
    <message>
        <source>A training is going on.</source>
        <translation>训练正在进行。</translation>
    </message>
    <message>
        <source>A training is going on: {run}</source>
        <translation>训练正在进行：{run}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>the text of {count} picture, which you have put right</source>
        <translation>您更正的 {count} 张图片的文字</translation>
    </message>
    <message>
        <source>the texts of {count} pictures, which you have put right</source>
        <translation>您更正的 {count} 张图片的文字</translation>
    </message>
    <message>
        <source>the changed network, which is not kept as a model yet</source>
        <translation>改动过的网络，尚未存为模型</translation>
    </message>
    <message>
        <source>{name}: {score}</source>
        <translation>{name}：{score}</translation>
    </message>
    <message>
        <source>{name}, in epoch {epoch} of {epochs}</source>
        <translation>{name}，第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>, {accuracy:.1f} % so far</source>
        <translation>，目前 {accuracy:.1f}%</translation>
    </message>
    <message>
        <source>Stop the training and save the texts…</source>
        <translation>停止训练并保存文字…</translation>
    </message>
    <message>
        <source>Stop the training and save all of it…</source>
        <translation>停止训练并全部保存…</translation>
    </message>
    <message>
        <source>Stop the training and save the model…</source>
        <translation>停止训练并保存模型…</translation>
    </message>
    <message>
        <source>Stop the training and save the models…</source>
        <translation>停止训练并保存模型…</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Two models, the same pictures. What both read rightly, or neither, does not tell them apart; only the rest does. McNemar’s test says how often chance alone would bring such a difference.</source>
        <translation>两个模型读同样的图片。两者都读对或都读错的，不能区分它们；能区分的只有其余的。McNemar 检验说明仅凭偶然出现这种差别的机会有多大。</translation>
    </message>
    <message>
        <source>How many of each digit are found</source>
        <translation>每个数字找到了多少</translation>
    </message>
    <message>
        <source>Pictures that are read differently</source>
        <translation>读法不同的图片</translation>
    </message>
    <message>
        <source>Choose a second model under “Compare with”, then press “Evaluate”.</source>
        <translation>请在“比较对象”中选择第二个模型，再按“评估”。</translation>
    </message>
    <message>
        <source>digit</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>only 1st</source>
        <translation>仅第一个</translation>
    </message>
    <message>
        <source>only 2nd</source>
        <translation>仅第二个</translation>
    </message>
    <message>
        <source>{count:,} read differently: meant, 1st, 2nd</source>
        <translation>读法不同 {count:,} 张：本意、第一个、第二个</translation>
    </message>
</context>
<context>
    <name>ConfusionPage</name>
    <message>
        <source>A row for each digit that was meant, a column for what it was read as. What is beside the diagonal is misread: click a cell to see its pictures. While none is chosen these are all that are misread, the surest first.</source>
        <translation>每行是本意的数字，每列是读成的数字。对角线以外的是误读：点击格子可看其中的图片。没有选中时显示全部误读，把握最大的在前。</translation>
    </message>
    <message>
        <source>Whose answers</source>
        <translation>谁的答案</translation>
    </message>
    <message>
        <source>Misread pictures</source>
        <translation>识别错误的图片</translation>
    </message>
    <message>
        <source>{count:,} misread, the surest first</source>
        <translation>{count:,} 个识别错误，最有把握的在前</translation>
    </message>
    <message>
        <source>{truth} rightly read: once</source>
        <translation>{truth} 识别正确：1 次</translation>
    </message>
    <message>
        <source>{truth} rightly read: {count:,} times</source>
        <translation>{truth} 识别正确：{count:,} 次</translation>
    </message>
    <message>
        <source>{truth} read as {read}: once</source>
        <translation>{truth} 误识为 {read}：1 次</translation>
    </message>
    <message>
        <source>{truth} read as {read}: {count:,} times</source>
        <translation>{truth} 误识为 {read}：{count:,} 次</translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>Confusion matrix: rows were meant, columns were read</source>
        <translation>混淆矩阵：行为实际数字，列为识别结果</translation>
    </message>
    <message>
        <source>read as</source>
        <translation>识别为</translation>
    </message>
    <message>
        <source>meant as</source>
        <translation>实际为</translation>
    </message>
</context>
<context>
    <name>ContinueBar</name>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>It stays in the Models tab, and can be continued from there.</source>
        <translation>它仍保留在“模型”页中，可以从那里继续训练。</translation>
    </message>
    <message>
        <source>“{name}”, begun {date}, was interrupted after epoch {epoch} of {epochs}.</source>
        <translation>“{name}”（开始于 {date}）在第 {epoch} 轮后中断，原定 {epochs} 轮。</translation>
    </message>
    <message>
        <source>“{name}”, begun {date}, was interrupted in its first epoch.</source>
        <translation>“{name}”（{date} 开始）在第一轮中断。</translation>
    </message>
    <message>
        <source>{count} more is in the Models tab.</source>
        <translation>“模型”页中还有 {count} 次中断的训练。</translation>
    </message>
    <message>
        <source>{count} more are in the Models tab.</source>
        <translation>“模型”页中还有 {count} 次中断的训练。</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Slow motion</source>
        <translation>慢动作</translation>
    </message>
    <message>
        <source>Watch forward, loss, backward, step and zero grad as they happen.</source>
        <translation>逐步观看前向传播、计算损失、反向传播、更新参数和梯度清零。</translation>
    </message>
</context>
<context>
    <name>Corrections</name>
    <message>
        <source>Keeping the correction</source>
        <translation>正在保存改正</translation>
    </message>
</context>
<context>
    <name>CurvePlot</name>
    <message>
        <source>Log scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
</context>
<context>
    <name>DataPages</name>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>My digits</source>
        <translation>我的数字</translation>
    </message>
</context>
<context>
    <name>DataSet</name>
    <message>
        <source>Taking your digits</source>
        <translation>正在取用您的数字</translation>
    </message>
</context>
<context>
    <name>DigitBox</name>
    <message>
        <source>no digit</source>
        <translation>不是数字</translation>
    </message>
</context>
<context>
    <name>DigitsPage</name>
    <message>
        <source>Precision: of all that was read as this digit, how much was meant as it. Recall: of all that was meant as it, how much was found; the interval says how far off that may be, measured on so few. F1 is high only where both are. The last line is the mean of all digits, however often each comes.</source>
        <translation>精确率：读成这个数字的之中，有多少本意就是它。召回率：本意是它的之中，找到了多少；区间说明样本这么少时可能有多大偏差。两者都高时 F1 才高。最后一行是各数字的平均，不论各有多少。</translation>
    </message>
    <message>
        <source>Figures of each digit</source>
        <translation>各数字的指标</translation>
    </message>
    <message>
        <source>digit</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>interval of the recall</source>
        <translation>召回率的区间</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
</context>
<context>
    <name>DistortionPreview</name>
    <message>
        <source>Examples are shown here as soon as the data set is loaded.</source>
        <translation>数据集加载后，这里会显示示例。</translation>
    </message>
    <message>
        <source>Above as they are, below as training sees them</source>
        <translation>上排为原图，下排为训练时所见</translation>
    </message>
    <message>
        <source>Training sees them as they are</source>
        <translation>训练时所见即原图</translation>
    </message>
    <message>
        <source>Examples of the training pictures</source>
        <translation>训练图片示例</translation>
    </message>
</context>
<context>
    <name>DrawingPad</name>
    <message>
        <source>Drawing</source>
        <translation>手写的字</translation>
    </message>
</context>
<context>
    <name>DrawingsBar</name>
    <message>
        <source>Number of the drawing</source>
        <translation>手写样本的序号</translation>
    </message>
    <message>
        <source>Close file</source>
        <translation>关闭文件</translation>
    </message>
    <message>
        <source>of {count:,}, meant as {label}</source>
        <translation>共 {count:,} 个，标签为 {label}</translation>
    </message>
    <message>
        <source>of {count:,}</source>
        <translation>共 {count:,} 个</translation>
    </message>
</context>
<context>
    <name>EndNotifier</name>
    <message>
        <source>The training has ended</source>
        <translation>训练已结束</translation>
    </message>
    <message>
        <source>Something in the program went wrong.</source>
        <translation>程序出了问题。</translation>
    </message>
    <message>
        <source>The training has failed</source>
        <translation>训练失败</translation>
    </message>
    <message>
        <source>{share:.0f} % · {title}</source>
        <translation>{share:.0f}% · {title}</translation>
    </message>
</context>
<context>
    <name>Entry</name>
    <message>
        <source>default</source>
        <translation>自带模型</translation>
    </message>
</context>
<context>
    <name>EpochPlot</name>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Reset zoom</source>
        <translation>还原缩放</translation>
    </message>
</context>
<context>
    <name>EpochReader</name>
    <message>
        <source>Reading curves</source>
        <translation>正在读取曲线</translation>
    </message>
</context>
<context>
    <name>EpochReadings</name>
    <message>
        <source>Reading with the network of each epoch</source>
        <translation>正在用每一轮的网络识别</translation>
    </message>
</context>
<context>
    <name>ErrorDialogs</name>
    <message>
        <source>Something in the program went wrong. Sorry. You can go on working.</source>
        <translation>抱歉，程序出了问题。您可以继续使用。</translation>
    </message>
    <message>
        <source>{kind}: {fault}. More is in the log file.</source>
        <translation>{kind}：{fault}。详情见日志文件。</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>This has happened {count:,} times.</source>
        <translation>已发生 {count:,} 次。</translation>
    </message>
</context>
<context>
    <name>EvaluateControls</name>
    <message>
        <source>How well it reads</source>
        <translation>识别得怎么样</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比较对象</translation>
    </message>
    <message>
        <source>Measure on</source>
        <translation>评估对象</translation>
    </message>
    <message>
        <source>What to measure on</source>
        <translation>评估对象</translation>
    </message>
    <message>
        <source>official test split</source>
        <translation>官方测试集</translation>
    </message>
    <message>
        <source>validation split</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>my digits</source>
        <translation>我的数字</translation>
    </message>
    <message>
        <source>strokes file…</source>
        <translation>笔画文件…</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>{name}, the model that reads: {network}</source>
        <translation>{name}，当前识别模型：{network}</translation>
    </message>
    <message>
        <source>no other model</source>
        <translation>不比较</translation>
    </message>
    <message>
        <source>Labelled drawings</source>
        <translation>带标签的手写样本</translation>
    </message>
    <message>
        <source>Strokes</source>
        <translation>笔画文件</translation>
    </message>
    <message>
        <source>No drawing is labelled with a digit.</source>
        <translation>没有一个样本的标签是数字。</translation>
    </message>
    <message>
        <source>of {total:,}; with 95 % certainty between {low:.2f} and {high:.2f} %.
{model} on {target}.</source>
        <translation>共 {total:,} 个
95% 置信区间：{low:.2f}%～{high:.2f}%
模型：{model}
数据：{target}</translation>
    </message>
    <message>
        <source>{model}: {accuracy:.2f} %, between {low:.2f} and {high:.2f} %.</source>
        <translation>{model}：{accuracy:.2f}%，在 {low:.2f} 与 {high:.2f}% 之间。</translation>
    </message>
    <message>
        <source>The table is of single digits: {count:,} is outside of it, since it is no single digit or was not read as one.</source>
        <translation>表中只有单个数字：另有 {count:,} 个不在其中，因为它们不是单个数字，或没有识别为单个数字。</translation>
    </message>
    <message>
        <source>The table is of single digits: {count:,} are outside of it, since they are no single digit or were not read as one.</source>
        <translation>表中只有单个数字：另有 {count:,} 个不在其中，因为它们不是单个数字，或没有识别为单个数字。</translation>
    </message>
    <message>
        <source>Confidence and accuracy differ by {error:.1f} percentage points.</source>
        <translation>置信度与准确率相差 {error:.1f} 个百分点。</translation>
    </message>
    <message>
        <source>Of what it reads rightly it answers {kept:.1f} % at strictness {strictness:.0f} %.</source>
        <translation>严格度为 {strictness:.0f}% 时，识别正确的样本中有 {kept:.1f}% 会给出答案。</translation>
    </message>
    <message>
        <source>A digit is surer than what is none in {share:.1f} % of all pairs (AUROC).</source>
        <translation>将数字与非数字两两相比，有 {share:.1f}% 的情况数字的置信度更高（AUROC）。</translation>
    </message>
    <message>
        <source>{split} of the data set before</source>
        <translation>之前数据集的{split}</translation>
    </message>
</context>
<context>
    <name>EvaluateTab</name>
    <message>
        <source>Confusion</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Each digit</source>
        <translation>各数字</translation>
    </message>
    <message>
        <source>Sureness</source>
        <translation>把握</translation>
    </message>
    <message>
        <source>Robustness</source>
        <translation>稳健性</translation>
    </message>
    <message>
        <source>Two models</source>
        <translation>两个模型</translation>
    </message>
    <message>
        <source>Press Evaluate to see how many pictures are read rightly, and which are not.</source>
        <translation>按“评估”，看看有多少图片识别正确，又有哪些识别错误。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>This page…</source>
        <translation>本页…</translation>
    </message>
    <message>
        <source>Every picture’s answer…</source>
        <translation>每张图片的答案…</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>PNG pictures</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>SVG pictures</source>
        <translation>SVG 图片</translation>
    </message>
    <message>
        <source>Export this page</source>
        <translation>导出本页</translation>
    </message>
    <message>
        <source>Export every picture’s answer</source>
        <translation>导出每张图片的答案</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>答案</translation>
    </message>
</context>
<context>
    <name>Evaluator</name>
    <message>
        <source>Evaluating {name}</source>
        <translation>正在评估 {name}</translation>
    </message>
    <message>
        <source>Disturbing pictures</source>
        <translation>正在干扰图片</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>Making an untrained network</source>
        <translation>正在生成未训练的网络</translation>
    </message>
    <message>
        <source>Looking for the smallest change</source>
        <translation>正在寻找最小的改动</translation>
    </message>
</context>
<context>
    <name>Exports</name>
    <message>
        <source>Saving {name}</source>
        <translation>正在保存 {name}</translation>
    </message>
</context>
<context>
    <name>FileDialogs</name>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Save “{name}”</source>
        <translation>保存“{name}”</translation>
    </message>
    <message>
        <source>Import a run</source>
        <translation>导入训练</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Export what was read</source>
        <translation>导出识别结果</translation>
    </message>
    <message>
        <source>numbers</source>
        <translation>识别结果</translation>
    </message>
    <message>
        <source>CSV tables</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>{name} is there already. Replace it?</source>
        <translation>{name} 已经存在。要替换它吗？</translation>
    </message>
</context>
<context>
    <name>FirstLayer</name>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>What to see of the first layer</source>
        <translation>查看第一层的内容</translation>
    </message>
    <message>
        <source>First layer</source>
        <translation>第一层</translation>
    </message>
    <message>
        <source>First layer: weights</source>
        <translation>第一层：权重</translation>
    </message>
    <message>
        <source>First layer: gradients</source>
        <translation>第一层：梯度</translation>
    </message>
    <message>
        <source>What the only neuron looks for: ink where it is orange makes it answer more, ink where it is blue less.</source>
        <translation>唯一的神经元在寻找什么：橙色处有笔迹，它的输出更强；蓝色处有笔迹，输出更弱。</translation>
    </message>
    <message>
        <source>What each of the first {count} neurons looks for: ink where it is orange makes it answer more, ink where it is blue less.</source>
        <translation>前 {count} 个神经元各自在寻找什么：橙色处有笔迹，它的输出更强；蓝色处有笔迹，输出更弱。</translation>
    </message>
    <message>
        <source>What would raise the loss: a larger weight where it is orange, a smaller one where it is blue. The step goes the other way.</source>
        <translation>怎样会使损失上升：橙色处权重变大，蓝色处权重变小。更新参数时走相反的方向。</translation>
    </message>
</context>
<context>
    <name>ForeignFiles</name>
    <message>
        <source>“{name}” is open.</source>
        <translation>已打开“{name}”。</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Reading all pictures with {name}</source>
        <translation>正在用 {name} 读取全部图片</translation>
    </message>
</context>
<context>
    <name>GalleryPage</name>
    <message>
        <source>Pictures of the data set</source>
        <translation>数据集的图片</translation>
    </message>
    <message>
        <source>Read wrongly now</source>
        <translation>现在读错的</translation>
    </message>
    <message>
        <source>Put right by me</source>
        <translation>我更正过的</translation>
    </message>
    <message>
        <source>The number of a picture in its split, from 0. Of all splits: training, then validation, then test. Enter shows it among all others.</source>
        <translation>图片在所属部分中的编号，从 0 开始。全部部分依次为训练、验证、测试。按回车在全部图片中显示它。</translation>
    </message>
    <message>
        <source>Undo the last label</source>
        <translation>撤销上一个标签</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Every picture that the network learns from or is tested on, under each the label that it is to be read as. “4 → 9” is a 4 that the model reads as a 9.</source>
        <translation>网络学习或测试用的每一张图片，下面是应读成的标签。“4 → 9”表示模型把 4 读成 9。</translation>
    </message>
    <message>
        <source>The key of a digit says what a picture really shows; the data set itself stays as it is. Enter enlarges; the right mouse button has more.</source>
        <translation>按数字键说明图片实际是几；数据集本身不变。按回车放大；右键有更多功能。</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>{count:,} of {whole:,} picture</source>
        <translation>{whole:,} 张中的 {count:,} 张</translation>
    </message>
    <message>
        <source>{count:,} of {whole:,} pictures</source>
        <translation>{whole:,} 张中的 {count:,} 张</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Every picture is being read once…</source>
        <translation>正在把每张图片读一遍…</translation>
    </message>
    <message>
        <source>It is not known what is read wrongly: the reading was cancelled.</source>
        <translation>不知道哪些读错了：读取已取消。</translation>
    </message>
    <message>
        <source>None of these.</source>
        <translation>没有这样的字。</translation>
    </message>
</context>
<context>
    <name>GradientNormCurve</name>
    <message>
        <source>Length of the gradient: {value}</source>
        <translation>梯度长度：{value}</translation>
    </message>
</context>
<context>
    <name>HandDialog</name>
    <message>
        <source>What was learned</source>
        <translation>学到了什么</translation>
    </message>
    <message>
        <source>Steps, the newest first</source>
        <translation>各个步骤，最新的在前</translation>
    </message>
    <message>
        <source>How it learns: a copy of the network gets a new neuron for each of your drawings, which answers to what looks like it. These are trained with your drawings, a little distorted each time, mixed with digits and letters of other people. Without these it would soon read only you: that is called forgetting. Beside the network it keeps which way your pen went: where it began, how it turned. What you write like this is likelier to be that digit; a photo does not show it. It goes with the model to whomever you give it. To tell whether it has gained, it learns several times, each time with a part of your drawings kept aside and then read. If it would read yours or other people’s digits worse, the model stays as it was.</source>
        <translation>它是这样学的：复制一份网络，您写的每个字都给它添一个神经元，遇到像这个字的就有反应。这些神经元用您的字训练，每次都稍作变形，并与其他人的数字和字母混在一起。没有这些，它很快就只认得您的字：这叫做遗忘。除网络之外，它还记下您的笔是怎么走的：从哪里起笔，怎样转弯。照这样写的，就更可能是那个数字；照片上看不出笔的走法。把模型给别人时，这些也一起给出。为了知道是否真有进步，它会学几遍，每遍都留出您的一部分字不学，学完再读。如果读您的字或别人的数字反而变差，模型就保持原样。</translation>
    </message>
    <message>
        <source>Read with this step</source>
        <translation>用这一步来识别</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>after</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Your drawings, kept aside</source>
        <translation>您留出未学的字</translation>
    </message>
    <message>
        <source>MNIST’s official test set</source>
        <translation>MNIST 官方测试集</translation>
    </message>
    <message>
        <source>It has learned from {count:,} drawing.</source>
        <translation>学了 {count:,} 个字。</translation>
    </message>
    <message>
        <source>It has learned from {count:,} drawings.</source>
        <translation>学了 {count:,} 个字。</translation>
    </message>
    <message>
        <source>{count:,} drawings taught.</source>
        <translation>已教 {count:,} 个字。</translation>
    </message>
    <message>
        <source>{count:,} drawing taught.</source>
        <translation>已教 {count:,} 个字。</translation>
    </message>
    <message>
        <source>It has learned from {count:,} drawing in {seconds:.1f} s.</source>
        <translation>用 {seconds:.1f} 秒学了 {count:,} 个字。</translation>
    </message>
    <message>
        <source>It has learned from {count:,} drawings in {seconds:.1f} s.</source>
        <translation>用 {seconds:.1f} 秒学了 {count:,} 个字。</translation>
    </message>
    <message>
        <source>The model stays as it was: {reason}.</source>
        <translation>模型保持原样：{reason}。</translation>
    </message>
    <message>
        <source>{right:,} of {total:,}</source>
        <translation>{total:,} 个中对 {right:,} 个</translation>
    </message>
    <message>
        <source>default</source>
        <translation>自带模型</translation>
    </message>
    <message>
        <source>{model}, untaught</source>
        <translation>{model}，未教过</translation>
    </message>
    <message>
        <source>{model}, taught {when}</source>
        <translation>{model}，教于 {when}</translation>
    </message>
    <message>
        <source>{step} – reads now</source>
        <translation>{step} – 正在使用</translation>
    </message>
</context>
<context>
    <name>HintsBar</name>
    <message>
        <source>{count} more</source>
        <translation>还有 {count} 条</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>InsidePage</name>
    <message>
        <source>Weights on the left, gradients on the right: how many are how large, blue below 0, orange above. The gradients are of the first 512 validation pictures. A dead neuron says the same whatever the picture.</source>
        <translation>左边是权重，右边是梯度：各种大小的有多少，蓝色小于 0，橙色大于 0。梯度来自前 512 张验证图片。失活的神经元对任何图片输出都一样。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>各层</translation>
    </message>
</context>
<context>
    <name>InsideView</name>
    <message>
        <source>Layers</source>
        <translation>各层</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>Length of the gradient</source>
        <translation>梯度长度</translation>
    </message>
    <message>
        <source>How many are how large: blue below 0, orange above. A dead neuron says the same whatever the picture, so it learns nothing more.</source>
        <translation>数值大小的分布：蓝色小于 0，橙色大于 0。失活的神经元无论看到什么图片，输出都一样，因此学不到新东西。</translation>
    </message>
    <message>
        <source>How steep the loss is: long while much can still be learned, near 0 when the training has arrived or is stuck.</source>
        <translation>损失曲面有多陡：还有很多可学时梯度较长；训练收敛或停滞时接近 0。</translation>
    </message>
    <message>
        <source>epoch {epoch}, batch {batch:,}</source>
        <translation>第 {epoch} 轮，第 {batch:,} 批</translation>
    </message>
</context>
<context>
    <name>InterpretationDialog</name>
    <message>
        <source>How “{name}” reads</source>
        <translation>“{name}”如何识别</translation>
    </message>
    <message>
        <source>Read otherwise</source>
        <translation>改用此方式</translation>
    </message>
    <message>
        <source>Between layers</source>
        <translation>层与层之间</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Dark ink on white paper</source>
        <translation>白纸黑字</translation>
    </message>
    <message>
        <source>Rows and columns exchanged</source>
        <translation>行列互换</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>On the canvas</source>
        <translation>在画布上</translation>
    </message>
    <message>
        <source>Look at another digit or sign of a number</source>
        <translation>查看一串数中的另一个数字或符号</translation>
    </message>
    <message>
        <source>Put right what is under the mouse: a digit</source>
        <translation>更正鼠标所指的：改成数字</translation>
    </message>
    <message>
        <source>The same: a sign</source>
        <translation>同上：改成符号</translation>
    </message>
    <message>
        <source>Say that it is neither digit nor sign</source>
        <translation>表示既不是数字也不是符号</translation>
    </message>
    <message>
        <source>Say that all that was read is right</source>
        <translation>表示读到的全部正确</translation>
    </message>
    <message>
        <source>Take the eraser, or the pen again</source>
        <translation>拿起橡皮，或换回笔</translation>
    </message>
    <message>
        <source>Put the eraser down</source>
        <translation>放下橡皮</translation>
    </message>
    <message>
        <source>Among my digits</source>
        <translation>在“我的数字”中</translation>
    </message>
    <message>
        <source>Say what the chosen ones are</source>
        <translation>说明选中的是几</translation>
    </message>
    <message>
        <source>Say that they are no digits</source>
        <translation>表示它们不是数字</translation>
    </message>
    <message>
        <source>Take them away</source>
        <translation>删除它们</translation>
    </message>
    <message>
        <source>Take back the last of these steps</source>
        <translation>撤销其中的上一步</translation>
    </message>
    <message>
        <source>In the list of pictures</source>
        <translation>在图片列表中</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>数字键</translation>
    </message>
    <message>
        <source>Put the text right</source>
        <translation>更正文字</translation>
    </message>
    <message>
        <source>Change the text, then go on to the next</source>
        <translation>修改文字，然后转到下一行</translation>
    </message>
    <message>
        <source>Begin another line in the text</source>
        <translation>在文字中另起一行</translation>
    </message>
    <message>
        <source>Take back what was put right</source>
        <translation>撤回更正</translation>
    </message>
    <message>
        <source>Show the picture on the canvas</source>
        <translation>在画布上显示图片</translation>
    </message>
    <message>
        <source>Export as CSV</source>
        <translation>导出为 CSV</translation>
    </message>
    <message>
        <source>In the list of runs</source>
        <translation>在训练列表中</translation>
    </message>
    <message>
        <source>Read with this model</source>
        <translation>用这个模型识别</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清空筛选</translation>
    </message>
    <message>
        <source>In the confusion matrix and among pictures</source>
        <translation>在混淆矩阵和图片中</translation>
    </message>
    <message>
        <source>Go to another one</source>
        <translation>移到另一个</translation>
    </message>
    <message>
        <source>Show all misread pictures again</source>
        <translation>重新显示所有识别错误的图片</translation>
    </message>
    <message>
        <source>Enlarge the picture</source>
        <translation>放大图片</translation>
    </message>
    <message>
        <source>Put it on the canvas</source>
        <translation>放到画布上</translation>
    </message>
    <message>
        <source>Put it there and explain it</source>
        <translation>放到画布上并说明原因</translation>
    </message>
    <message>
        <source>Show it in the data</source>
        <translation>在数据中显示</translation>
    </message>
    <message>
        <source>Say what it really shows</source>
        <translation>说明它其实是几</translation>
    </message>
    <message>
        <source>In plots</source>
        <translation>在图表中</translation>
    </message>
    <message>
        <source>Wheel, drag</source>
        <translation>滚轮、拖动</translation>
    </message>
    <message>
        <source>Zoom, move</source>
        <translation>缩放、移动</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>双击</translation>
    </message>
    <message>
        <source>Show all again</source>
        <translation>重新显示全部</translation>
    </message>
</context>
<context>
    <name>LabelQuestion</name>
    <message>
        <source>Save drawing</source>
        <translation>保存手写</translation>
    </message>
    <message>
        <source>{name} is there already. Append the drawing to it, or replace it?</source>
        <translation>{name} 已经存在。把手写追加到其中，还是替换它？</translation>
    </message>
    <message>
        <source>Saving to {name}</source>
        <translation>保存到 {name}</translation>
    </message>
    <message>
        <source>What is written there</source>
        <translation>写的是什么</translation>
    </message>
    <message>
        <source>empty: no digit</source>
        <translation>留空：不是数字</translation>
    </message>
    <message>
        <source>↵ stands for a new line</source>
        <translation>↵ 表示换行</translation>
    </message>
    <message>
        <source>Append</source>
        <translation>追加</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>Reading corrected labels</source>
        <translation>正在读取更正的标签</translation>
    </message>
    <message>
        <source>Keeping the label</source>
        <translation>正在保存标签</translation>
    </message>
</context>
<context>
    <name>LayerHistograms</name>
    <message>
        <source>gradient {length}</source>
        <translation>梯度 {length}</translation>
    </message>
    <message>
        <source>{share:.0f} % dead</source>
        <translation>{share:.0f}% 失活</translation>
    </message>
    <message>
        <source>all are 0</source>
        <translation>全部为 0</translation>
    </message>
</context>
<context>
    <name>LayerMap</name>
    <message>
        <source>Making the map</source>
        <translation>正在绘制地图</translation>
    </message>
</context>
<context>
    <name>LayersView</name>
    <message>
        <source>The layers of the network</source>
        <translation>网络的各层</translation>
    </message>
    <message>
        <source>neuron {number}: {value}</source>
        <translation>神经元 {number}：{value}</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>LazyTab</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>This tab cannot be shown.</source>
        <translation>无法显示此标签页。</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Curves of {names}</source>
        <translation>曲线：{names}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Draw</source>
        <translation>手写</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Preparing the tabs</source>
        <translation>正在准备标签页</translation>
    </message>
</context>
<context>
    <name>ManyPictures</name>
    <message>
        <source>Saving {name}</source>
        <translation>正在保存 {name}</translation>
    </message>
    <message>
        <source>Reading the pictures</source>
        <translation>正在识别图片</translation>
    </message>
</context>
<context>
    <name>MapPage</name>
    <message>
        <source>PCA, at once</source>
        <translation>PCA，立即</translation>
    </message>
    <message>
        <source>t-SNE, slow</source>
        <translation>t-SNE，较慢</translation>
    </message>
    <message>
        <source>PCA looks at the cloud of pictures from the side on which it is widest. t-SNE keeps neighbours together; how far apart groups lie then says little.</source>
        <translation>PCA 从最宽的一面看图片组成的云。t-SNE 让相邻的留在一起；各组之间的距离则说明不了什么。</translation>
    </message>
    <message>
        <source>Make the map</source>
        <translation>绘制地图</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Each point is a picture of the validation split. What the layer takes for alike lies close together: from layer to layer the classes come apart. The star is your drawing; draw, and see where it goes.</source>
        <translation>每个点是验证集的一张图片。这一层认为相似的靠在一起：逐层下去，各类别渐渐分开。星号是您写的字；写一写，看它去哪里。</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>input: {size:,} pixels</source>
        <translation>输入：{size:,} 个像素</translation>
    </message>
    <message>
        <source>output: {size:,} scores</source>
        <translation>输出：{size:,} 个得分</translation>
    </message>
    <message>
        <source>hidden {layer}: {size:,}</source>
        <translation>隐藏层 {layer}：{size:,}</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>{share} of all differences lie in these two directions</source>
        <translation>全部差异的 {share} 在这两个方向上</translation>
    </message>
    <message>
        <source>picture {index:,}, label {label}</source>
        <translation>图片 {index:,}，标签 {label}</translation>
    </message>
</context>
<context>
    <name>MapPlot</name>
    <message>
        <source>Map of pictures</source>
        <translation>图片地图</translation>
    </message>
</context>
<context>
    <name>ModelsTab</name>
    <message>
        <source>Runs and models</source>
        <translation>训练与模型</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Words that are in the name, note, network, data set or status (Ctrl+F)</source>
        <translation>按名称、备注、网络、数据集或状态中的文字筛选（Ctrl+F）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>彻底删除</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Note and log</source>
        <translation>备注和日志</translation>
    </message>
    <message>
        <source>“{name}” is deleted.</source>
        <translation>已删除“{name}”。</translation>
    </message>
    <message>
        <source>{count:,} runs are deleted.</source>
        <translation>已删除 {count:,} 次训练。</translation>
    </message>
    <message>
        <source>The list of your runs cannot be read. {reason}</source>
        <translation>无法读取训练列表。{reason}</translation>
    </message>
    <message>
        <source>{shown:,} of {total:,}</source>
        <translation>{shown:,} / {total:,}</translation>
    </message>
    <message>
        <source>Reading the library…</source>
        <translation>正在读取训练库…</translation>
    </message>
    <message>
        <source>Nothing matches “{typed}”. Change the filter, or clear it.</source>
        <translation>没有与“{typed}”匹配的内容。请修改或清空筛选条件。</translation>
    </message>
    <message>
        <source>Your runs will be listed here. Train one on the Train tab, or import one.</source>
        <translation>您的训练会列在这里。请在“训练”页训练一次，或导入一次训练。</translation>
    </message>
    <message>
        <source>PNG pictures</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>SVG drawings</source>
        <translation>SVG 图形</translation>
    </message>
    <message>
        <source>Export the curves</source>
        <translation>导出曲线</translation>
    </message>
    <message>
        <source>curves</source>
        <translation>曲线</translation>
    </message>
</context>
<context>
    <name>MyDigits</name>
    <message>
        <source>Reading your digits</source>
        <translation>正在读取您的数字</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Keeping the change</source>
        <translation>正在保存更改</translation>
    </message>
</context>
<context>
    <name>MyDigitsPage</name>
    <message>
        <source>What was taught</source>
        <translation>教过的字</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>no digit</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>Read wrongly now</source>
        <translation>现在读错的</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>书写者</translation>
    </message>
    <message>
        <source>Digit</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>With one or more chosen: the key of a digit says what they are, N that they are none, Delete takes them away.</source>
        <translation>选中一个或多个之后：按数字键说明它们是几，按 N 表示不是数字，按 Delete 删除。</translation>
    </message>
    <message>
        <source>My digits</source>
        <translation>我的数字</translation>
    </message>
    <message>
        <source>Nothing yet. Put a digit right in the Draw tab, or fill in a practice sheet: Teach, Practice sheet.</source>
        <translation>还没有。请在“手写”页更正一个数字，或填写练习纸：“教”菜单中的“练习纸”。</translation>
    </message>
    <message>
        <source>None of these.</source>
        <translation>没有这样的字。</translation>
    </message>
    <message>
        <source>{count:,} drawing, {wrong:,} read wrongly now</source>
        <translation>{count:,} 个字，其中 {wrong:,} 个现在读错</translation>
    </message>
    <message>
        <source>{count:,} drawings, {wrong:,} read wrongly now</source>
        <translation>{count:,} 个字，其中 {wrong:,} 个现在读错</translation>
    </message>
    <message>
        <source>meant: {meant}; read: {read}
{when}</source>
        <translation>本意：{meant}；读作：{read}
{when}</translation>
    </message>
    <message>
        <source>It is a {digit}</source>
        <translation>这是 {digit}</translation>
    </message>
    <message>
        <source>It is no digit</source>
        <translation>这不是数字</translation>
    </message>
    <message>
        <source>Strokes</source>
        <translation>笔画文件</translation>
    </message>
    <message>
        <source>Strokes, packed</source>
        <translation>压缩的笔画文件</translation>
    </message>
    <message>
        <source>Export my digits</source>
        <translation>导出我的数字</translation>
    </message>
    <message>
        <source>my digits</source>
        <translation>我的数字</translation>
    </message>
    <message>
        <source>Import digits</source>
        <translation>导入数字</translation>
    </message>
</context>
<context>
    <name>NameDelegate</name>
    <message>
        <source>Name of the run</source>
        <translation>训练的名称</translation>
    </message>
</context>
<context>
    <name>NeighbourSearch</name>
    <message>
        <source>Comparing the training pictures</source>
        <translation>正在比较训练图片</translation>
    </message>
</context>
<context>
    <name>NetworkLab</name>
    <message>
        <source>{name}, changed</source>
        <translation>{name}（改动）</translation>
    </message>
    <message>
        <source>Testing the changed network</source>
        <translation>正在测试改动后的网络</translation>
    </message>
    <message>
        <source>Looking into the network</source>
        <translation>正在查看网络</translation>
    </message>
</context>
<context>
    <name>NetworkWindow</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Keep as a new model</source>
        <translation>存为新模型</translation>
    </message>
    <message>
        <source>It reads from then on; File › Save writes it to a file of its own.</source>
        <translation>此后用它识别；“文件”›“保存模型”可将它写入单独的文件。</translation>
    </message>
    <message>
        <source>The last layer gives each digit a score, which may be any number. e to the power of it is never below 0 and grows fast; divided by the sum of all ten it is a share of 100 %. That is the softmax.</source>
        <translation>最后一层给每个数字一个得分，可以是任何数。以它为指数的 e 的幂不会小于 0，且增长很快；除以十个之和就是 100% 中的一份。这就是 softmax。</translation>
    </message>
    <message>
        <source>First the scores are divided by the temperature, one number that was found after the training so that the probabilities can be believed.</source>
        <translation>得分先除以温度，它是训练之后求得的一个数，使概率可信。</translation>
    </message>
    <message>
        <source>To these is added what the way the pen went says for each digit; the network does not see it. The bars under Draw are lower by how likely it is no digit at all.</source>
        <translation>再加上运笔对每个数字的支持；网络本身看不到笔是怎么走的。“手写”页的条形还要乘以相信这是数字的程度。</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>神经元</translation>
    </message>
    <message>
        <source>Scores to probabilities</source>
        <translation>从得分到概率</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>Network of {name}</source>
        <translation>{name} 的网络</translation>
    </message>
    <message>
        <source>{count:,} change</source>
        <translation>{count:,} 处改动</translation>
    </message>
    <message>
        <source>{count:,} changes</source>
        <translation>{count:,} 处改动</translation>
    </message>
    <message>
        <source>Nothing is changed.</source>
        <translation>没有改动。</translation>
    </message>
    <message>
        <source>Of {count:,} validation pictures it reads {share} rightly.</source>
        <translation>{count:,} 张验证图片中读对 {share}。</translation>
    </message>
    <message>
        <source>Validation pictures read rightly: {before}, now …</source>
        <translation>验证图片读对：{before}，正在重新测试</translation>
    </message>
    <message>
        <source>Validation pictures read rightly: {before}, now {after}.</source>
        <translation>验证图片读对：{before}，现在 {after}。</translation>
    </message>
</context>
<context>
    <name>NeuronFocus</name>
    <message>
        <source>Looking through the training pictures</source>
        <translation>正在翻看训练图片</translation>
    </message>
</context>
<context>
    <name>NeuronPanel</name>
    <message>
        <source>Training pictures that excite it most:</source>
        <translation>最能激发它的训练图片：</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Bias shift</source>
        <translation>偏置移动</translation>
    </message>
    <message>
        <source>Smallest weights off</source>
        <translation>去掉最小的权重</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>A neuron</source>
        <translation>神经元</translation>
    </message>
    <message>
        <source>Each cell is a neuron: the stronger its colour, the more it says about the drawing. Lines are the connections that carry most. Click a neuron to see what it is for.</source>
        <translation>每一格是一个神经元：颜色越深，它对这个字说得越多。线条是传递最多的连接。点击神经元看它的作用。</translation>
    </message>
    <message>
        <source>Neuron {number} of {layer}</source>
        <translation>{layer} 的神经元 {number}</translation>
    </message>
    <message>
        <source>Ink where it is orange makes it say more, ink where it is blue less.</source>
        <translation>橙色处有笔迹使它说得更多，蓝色处则更少。</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Its output is {value}.</source>
        <translation>它的输出为 {value}。</translation>
    </message>
</context>
<context>
    <name>NotesPage</name>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>训练日志</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>还没有内容。</translation>
    </message>
    <message>
        <source>What you want to remember of this run</source>
        <translation>关于这次训练，您想记下的内容</translation>
    </message>
    <message>
        <source>Files have no note.</source>
        <translation>文件没有备注。</translation>
    </message>
    <message>
        <source>Choose one run to see its note and log, and to write.</source>
        <translation>选择一次训练，即可查看日志、查看和填写备注。</translation>
    </message>
    <message>
        <source>Reading the log</source>
        <translation>正在读取日志</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Loading MNIST</source>
        <translation>正在加载 MNIST</translation>
    </message>
    <message>
        <source>Opening the picture</source>
        <translation>正在打开图片</translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message>
        <source>Pictures of each class</source>
        <translation>各类别的图片数</translation>
    </message>
    <message>
        <source>Mean picture of each class</source>
        <translation>各类别的平均图片</translation>
    </message>
    <message>
        <source>How many pixels have each value</source>
        <translation>各像素值有多少</translation>
    </message>
    <message>
        <source>A network can only learn what is in its data. Are there as many of each class? The mean of all pictures of a class shows what they have in common: where it is sharp, they agree. Most pixels are paper.</source>
        <translation>网络只能学到数据中有的东西。各类别一样多吗？一类图片的平均显示它们的共同之处：清晰的地方彼此一致。大多数像素是纸。</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概览</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Pixels of each value, logarithmic scale</source>
        <translation>各像素值的数量（对数刻度）</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>{count:,} picture</source>
        <translation>{count:,} 张图片</translation>
    </message>
    <message>
        <source>{count:,} pictures
{paper} of all pixels are 0, paper
mean of all pixels {mean:.4f}
standard deviation {deviation:.4f}
(of values from 0 to 1)</source>
        <translation>{count:,} 张图片
全部像素中 {paper} 为 0，即纸
像素平均值 {mean:.4f}
标准差 {deviation:.4f}
（取值 0 到 1）</translation>
    </message>
    <message>
        <source>Not counted, since that was cancelled. Seen anew, it is counted again.</source>
        <translation>未统计：统计已取消。再次查看此页时会重新统计。</translation>
    </message>
    <message>
        <source>value {value}: {count:,} pixel</source>
        <translation>值 {value}：{count:,} 个像素</translation>
    </message>
    <message>
        <source>value {value}: {count:,} pixels</source>
        <translation>值 {value}：{count:,} 个像素</translation>
    </message>
</context>
<context>
    <name>Overviews</name>
    <message>
        <source>Counting pixels</source>
        <translation>正在统计像素</translation>
    </message>
</context>
<context>
    <name>OwnDigits</name>
    <message>
        <source>not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>join the data set</source>
        <translation>加入数据集</translation>
    </message>
    <message>
        <source>are the data set</source>
        <translation>单独作为数据集</translation>
    </message>
    <message>
        <source>What you have taught can be learned along, a twentieth of each epoch, or alone: then three splits are made of it.</source>
        <translation>您教过的字可以一并学习，占每轮的二十分之一；也可以单独使用，这时分成三份。</translation>
    </message>
    <message>
        <source>My digits</source>
        <translation>我的数字</translation>
    </message>
</context>
<context>
    <name>OwnModel</name>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>default</source>
        <translation>自带模型</translation>
    </message>
    <message>
        <source>{model} · {person}</source>
        <translation>{model} · {person}</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>Me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>正在读取训练库</translation>
    </message>
    <message>
        <source>Adding {name}</source>
        <translation>正在添加 {name}</translation>
    </message>
    <message>
        <source>Renaming the profile</source>
        <translation>正在重命名书写者</translation>
    </message>
    <message>
        <source>Deleting the profile</source>
        <translation>正在删除书写者</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
</context>
<context>
    <name>PhaseBox</name>
    <message>
        <source>{name}, now</source>
        <translation>{name}，正在进行</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>尚未进行</translation>
    </message>
</context>
<context>
    <name>PicturesModel</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Sureness</source>
        <translation>把握</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>{name}, drawing {number:,}</source>
        <translation>{name}，第 {number:,} 幅</translation>
    </message>
    <message>
        <source>put in by you</source>
        <translation>由您填入</translation>
    </message>
    <message>
        <source>put right; was read as {text}</source>
        <translation>已更正；原识别为 {text}</translation>
    </message>
    <message>
        <source>some of the ink was not read</source>
        <translation>有一部分笔迹没有识别</translation>
    </message>
    <message>
        <source>{reason}; perhaps {text}</source>
        <translation>{reason}；可能是 {text}</translation>
    </message>
</context>
<context>
    <name>PicturesWindow</name>
    <message>
        <source>Read pictures</source>
        <translation>识别图片</translation>
    </message>
    <message>
        <source>Pictures and what was read in them</source>
        <translation>图片及其识别结果</translation>
    </message>
    <message>
        <source>Only “?”</source>
        <translation>只看“?”</translation>
    </message>
    <message>
        <source>Progress of the reading</source>
        <translation>识别进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>To the canvas</source>
        <translation>放到画布上</translation>
    </message>
    <message>
        <source>Why is it read so?</source>
        <translation>为什么这样读？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Type to put a text right; Enter goes on to the next. A double click shows the picture on the canvas.</source>
        <translation>直接键入即可更正文字，按回车键转到下一行。双击可在画布上显示图片。</translation>
    </message>
    <message>
        <source>“{text}” is not taken: a text is made of digits, perhaps with the signs . , - / : + among them.</source>
        <translation>未采用“{text}”：文字只能由数字组成，其间可夹有 - / : + . , 这些符号。</translation>
    </message>
    <message>
        <source>{count} text that you have put right is in no file yet.</source>
        <translation>您更正的 {count} 处文字尚未保存到任何文件。</translation>
    </message>
    <message>
        <source>{count} texts that you have put right are in no file yet.</source>
        <translation>您更正的 {count} 处文字尚未保存到任何文件。</translation>
    </message>
    <message>
        <source>Close and lose it</source>
        <translation>关闭并放弃</translation>
    </message>
    <message>
        <source>No “?” among them.</source>
        <translation>其中没有“?”。</translation>
    </message>
    <message>
        <source>What is read will be listed here.</source>
        <translation>识别结果会列在这里。</translation>
    </message>
    <message>
        <source>Waiting for the model…</source>
        <translation>正在等待模型…</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>Reading {number:,} of {total:,}</source>
        <translation>正在识别第 {number:,} 张，共 {total:,} 张</translation>
    </message>
    <message>
        <source>{title}, {time} left</source>
        <translation>{title}，剩余 {time}</translation>
    </message>
    <message>
        <source>{count:,} read</source>
        <translation>已识别 {count:,} 张</translation>
    </message>
    <message>
        <source>{count:,} unreadable</source>
        <translation>{count:,} 个无法读取</translation>
    </message>
    <message>
        <source>{count:,} “?”</source>
        <translation>“?” {count:,} 张</translation>
    </message>
    <message>
        <source>{count:,} put right</source>
        <translation>已更正 {count:,} 张</translation>
    </message>
</context>
<context>
    <name>PixelRow</name>
    <message>
        <source>The picture as a row of 784 values</source>
        <translation>图片排成一行 784 个值</translation>
    </message>
</context>
<context>
    <name>PracticeDialog</name>
    <message>
        <source>Practice sheet</source>
        <translation>练习纸</translation>
    </message>
    <message>
        <source>Go on when the pen rests</source>
        <translation>停笔后自动继续</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Thank you</source>
        <translation>谢谢</translation>
    </message>
    <message>
        <source>Write a {digit}</source>
        <translation>请写 {digit}</translation>
    </message>
    <message>
        <source>In your own way, as you always do. Each digit comes three times; what you write is kept at once.</source>
        <translation>照您平时的写法写。每个数字出现三次；写下的字会立即保存。</translation>
    </message>
    <message>
        <source>{kept} of {all} written, {right} read rightly.</source>
        <translation>已写 {kept} / {all} 个，读对 {right} 个。</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Probability of each digit</source>
        <translation>各数字的概率</translation>
    </message>
    <message>
        <source>as you say {digit}</source>
        <translation>按您所说为 {digit}</translation>
    </message>
    <message>
        <source>It was a {digit}: click to say so</source>
        <translation>如果是 {digit}，请点一下</translation>
    </message>
</context>
<context>
    <name>Reader</name>
    <message>
        <source>Reading the picture</source>
        <translation>正在识别图片</translation>
    </message>
    <message>
        <source>Reading the drawing</source>
        <translation>正在识别手写内容</translation>
    </message>
</context>
<context>
    <name>Readiness</name>
    <message>
        <source>Getting ready to learn</source>
        <translation>正在准备学习</translation>
    </message>
</context>
<context>
    <name>ResultGrid</name>
    <message>
        <source>None.</source>
        <translation>没有。</translation>
    </message>
</context>
<context>
    <name>Results</name>
    <message>
        <source>How sure it is</source>
        <translation>把握有多大</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>See why it reads this digit and not another (F4)</source>
        <translation>看看为什么读成这个数字而不是别的（F4）</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>Best guess {text}.</source>
        <translation>最可能是 {text}。</translation>
    </message>
    <message>
        <source>Best guess {text}, {share:.0f} % sure.</source>
        <translation>最可能是 {text}，把握 {share:.0f}%。</translation>
    </message>
    <message>
        <source>As you say</source>
        <translation>按您的改正</translation>
    </message>
    <message>
        <source>Least sure sign {share:.0f} %</source>
        <translation>最没把握的一个符号：{share:.0f}%</translation>
    </message>
    <message>
        <source>Least sure digit {share:.0f} %</source>
        <translation>最没把握的一位：{share:.0f}%</translation>
    </message>
    <message>
        <source>{share:.0f} % sure</source>
        <translation>把握 {share:.0f}%</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Some of the ink was not read.</source>
        <translation>有一部分笔迹没有识别。</translation>
    </message>
    <message>
        <source>Told by how the pen went; by its look alone it is {text}.</source>
        <translation>根据运笔；只看字形则是 {text}。</translation>
    </message>
</context>
<context>
    <name>RobustnessPage</name>
    <message>
        <source>The same pictures, turned, shifted, scaled, thickened, blurred or noisy, more and more: how many are still read rightly? A network knows only what it has seen while it learned; one that has learned from distorted pictures falls later.</source>
        <translation>同样的图片，越来越多地旋转、平移、缩放、加粗、模糊或加噪声：还有多少读对？网络只认识学习时见过的；从变形图片学过的网络下降得更晚。</translation>
    </message>
    <message>
        <source>Disturb the pictures</source>
        <translation>干扰图片</translation>
    </message>
    <message>
        <source>Which disturbance</source>
        <translation>哪种干扰</translation>
    </message>
    <message>
        <source>One picture in each strength</source>
        <translation>同一张图片的各种强度</translation>
    </message>
    <message>
        <source>The pictures are being disturbed…</source>
        <translation>正在干扰图片…</translation>
    </message>
    <message>
        <source>Press “{button}”.</source>
        <translation>请按“{button}”。</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>准确率（%）</translation>
    </message>
</context>
<context>
    <name>RowsModel</name>
    <message>
        <source>reads now</source>
        <translation>正在使用</translation>
    </message>
</context>
<context>
    <name>RunActions</name>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Settings to Train</source>
        <translation>设置用于训练</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Import run…</source>
        <translation>导入训练…</translation>
    </message>
    <message>
        <source>Take in a run that somebody has exported</source>
        <translation>导入别人导出的训练</translation>
    </message>
    <message>
        <source>Model…</source>
        <translation>模型…</translation>
    </message>
    <message>
        <source>Curves as a table (CSV)…</source>
        <translation>曲线表格（CSV）…</translation>
    </message>
    <message>
        <source>Curves as a picture (PNG, SVG)…</source>
        <translation>曲线图片（PNG、SVG）…</translation>
    </message>
    <message>
        <source>Whole run, to share…</source>
        <translation>整个训练，用于分享…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Choose one row for this.</source>
        <translation>请先选择一行。</translation>
    </message>
    <message>
        <source>This is no run.</source>
        <translation>这不是一次训练。</translation>
    </message>
    <message>
        <source>Choose runs with at least one finished epoch.</source>
        <translation>请选择至少完成了一轮的训练。</translation>
    </message>
    <message>
        <source>Train {count} more</source>
        <translation>再训练 {count} 轮</translation>
    </message>
    <message>
        <source>Read with this model from now on</source>
        <translation>从现在起用这个模型识别</translation>
    </message>
    <message>
        <source>Give the run another name</source>
        <translation>给这次训练改名</translation>
    </message>
    <message>
        <source>Fill the Train tab with these settings, to train another run</source>
        <translation>把这些设置填入“训练”页，以便再训练一次</translation>
    </message>
    <message>
        <source>Take it out of the list. Of a run this can be undone; a file stays</source>
        <translation>从列表中移除。训练可以撤销删除；文件本身会保留</translation>
    </message>
    <message>
        <source>One file with all of it, which others can import</source>
        <translation>包含全部内容的一个文件，别人可以导入</translation>
    </message>
    <message>
        <source>The run is damaged; it can only be deleted.</source>
        <translation>这次训练已损坏，只能删除。</translation>
    </message>
    <message>
        <source>No epoch of it is finished, so there is no model yet.</source>
        <translation>还没有完成一轮，所以还没有模型。</translation>
    </message>
    <message>
        <source>The Train tab shows the settings of the run that goes on.</source>
        <translation>“训练”页正显示当前训练的设置。</translation>
    </message>
    <message>
        <source>The file does not say how its model was trained.</source>
        <translation>文件中没有记录模型是怎样训练的。</translation>
    </message>
    <message>
        <source>It is being trained already.</source>
        <translation>它正在训练中。</translation>
    </message>
    <message>
        <source>Another run is being trained. Wait for its end, or stop it.</source>
        <translation>另一次训练正在进行。请等它结束，或将它停止。</translation>
    </message>
    <message>
        <source>It has diverged, and would again. Take its settings to the Train tab, and train anew with a lower learning rate.</source>
        <translation>它已经发散，继续下去仍会发散。请把设置带到“训练”页，调低学习率后重新训练。</translation>
    </message>
    <message>
        <source>Train on from epoch {epoch}</source>
        <translation>从第 {epoch} 轮起继续训练</translation>
    </message>
    <message>
        <source>Choose what is to be deleted.</source>
        <translation>请选择要删除的内容。</translation>
    </message>
    <message>
        <source>This model comes with the program.</source>
        <translation>这个模型是程序自带的。</translation>
    </message>
    <message>
        <source>“{name}” is being trained; stop it first.</source>
        <translation>“{name}”正在训练，请先停止。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Weights for PyTorch</source>
        <translation>PyTorch 权重</translation>
    </message>
    <message>
        <source>ONNX, for other programs</source>
        <translation>ONNX，供其他程序使用</translation>
    </message>
    <message>
        <source>Export the model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Export the curves</source>
        <translation>导出曲线</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Export the run</source>
        <translation>导出训练</translation>
    </message>
</context>
<context>
    <name>RunControl</name>
    <message>
        <source>run {number}</source>
        <translation>训练 {number}</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Opening the model of the last time</source>
        <translation>正在打开上次使用的模型</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>正在读取训练库</translation>
    </message>
</context>
<context>
    <name>RunCurves</name>
    <message>
        <source>Which curves</source>
        <translation>显示哪种曲线</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>the first {count} of {total:,} chosen</source>
        <translation>所选 {total:,} 项中的前 {count} 项</translation>
    </message>
    <message>
        <source>Choose runs in the table to see their curves; with Ctrl or Shift, several.</source>
        <translation>在表中选择训练，即可查看曲线；按住 Ctrl 或 Shift 可以多选。</translation>
    </message>
    <message>
        <source>A file holds a model without its curves; only runs have curves.</source>
        <translation>文件中只有模型，没有曲线；只有训练才有曲线。</translation>
    </message>
    <message>
        <source>The run is damaged, so there are no curves.</source>
        <translation>这次训练已损坏，没有曲线。</translation>
    </message>
    <message>
        <source>No epoch is finished yet.</source>
        <translation>还没有完成一轮。</translation>
    </message>
    <message>
        <source>epoch {epoch:,}</source>
        <translation>第 {epoch:,} 轮</translation>
    </message>
</context>
<context>
    <name>RunView</name>
    <message>
        <source>What to see of the run</source>
        <translation>查看训练的内容</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Inside</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>逐步</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Log of the training</source>
        <translation>训练日志</translation>
    </message>
    <message>
        <source>What the run reports is listed here.</source>
        <translation>训练的日志会显示在这里。</translation>
    </message>
    <message>
        <source>Press “One batch” or “Start”.</source>
        <translation>请按“一个批次”或“开始”。</translation>
    </message>
    <message>
        <source>Tick “Slow motion”, then press “One batch” or “Start”.</source>
        <translation>勾选“慢动作”，再按“一个批次”或“开始”。</translation>
    </message>
    <message>
        <source>Start a training to look inside it.</source>
        <translation>开始训练后，即可查看网络内部。</translation>
    </message>
    <message>
        <source>The training pictures are being prepared.</source>
        <translation>正在准备训练图片。</translation>
    </message>
    <message>
        <source>The first step comes with the next batch.</source>
        <translation>下一批次起逐步显示。</translation>
    </message>
    <message>
        <source>Tick “Slow motion” to see each step of this run.</source>
        <translation>勾选“慢动作”，即可看到这次训练的每一步。</translation>
    </message>
    <message>
        <source>The first look inside comes with the next batch.</source>
        <translation>下一批次起显示网络内部。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Train {count} more</source>
        <translation>再训练 {count} 轮</translation>
    </message>
    <message>
        <source>Waiting for the data set…</source>
        <translation>正在等待数据集…</translation>
    </message>
    <message>
        <source>Nothing was kept.</source>
        <translation>没有保留任何内容。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Loading MNIST…</source>
        <translation>正在加载 MNIST…</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在开始…</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>pausing…</source>
        <translation>正在暂停…</translation>
    </message>
    <message>
        <source>stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>Preparing training pictures: {percent:.0f} %</source>
        <translation>正在准备训练图片：{percent:.0f}%</translation>
    </message>
    <message>
        <source>epoch {epoch} of {epochs}</source>
        <translation>第 {epoch} 轮，共 {epochs} 轮</translation>
    </message>
    <message>
        <source>batch {batch:,} of {batches:,}</source>
        <translation>第 {batch:,} 批，共 {batches:,} 批</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>Renaming</source>
        <translation>正在重命名</translation>
    </message>
    <message>
        <source>Saving the note</source>
        <translation>正在保存备注</translation>
    </message>
    <message>
        <source>Deleting</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>Bringing back what was deleted</source>
        <translation>正在恢复已删除的内容</translation>
    </message>
    <message>
        <source>Removing deleted runs</source>
        <translation>正在清除已删除的训练</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Remembering {name}</source>
        <translation>正在记住 {name}</translation>
    </message>
    <message>
        <source>Forgetting {name}</source>
        <translation>正在移除 {name}</translation>
    </message>
    <message>
        <source>Reading the library</source>
        <translation>正在读取训练库</translation>
    </message>
</context>
<context>
    <name>SampleRow</name>
    <message>
        <source>Pictures of the batch</source>
        <translation>这一批次的图片</translation>
    </message>
    <message>
        <source>no digit</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>is {digit}</source>
        <translation>实为 {digit}</translation>
    </message>
</context>
<context>
    <name>SaveDrawing</name>
    <message>
        <source>Strokes</source>
        <translation>笔画文件</translation>
    </message>
    <message>
        <source>Strokes, packed</source>
        <translation>压缩的笔画文件</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>手写</translation>
    </message>
    <message>
        <source>Save drawing</source>
        <translation>保存手写</translation>
    </message>
</context>
<context>
    <name>SavedNote</name>
    <message>
        <source>Saved {name}.</source>
        <translation>已保存 {name}。</translation>
    </message>
</context>
<context>
    <name>SeenDigit</name>
    <message>
        <source>What the network reads, 28 by 28 pixels</source>
        <translation>网络读到的图像，28×28 像素</translation>
    </message>
    <message>
        <source>A sign that is none of . , - / : + cannot be read. Say what it is.</source>
        <translation>. , - / : + 以外的符号无法识别。请指出它是什么。</translation>
    </message>
    <message>
        <source>A sign. The network knows digits only: size and place tell signs.</source>
        <translation>一个符号。网络只认识数字：符号由大小和位置判断。</translation>
    </message>
    <message>
        <source>What the network reads: 28×28 pixels, the ink’s centre of mass in the middle.</source>
        <translation>网络读到的图像：28×28 像素，笔迹的质心居中。</translation>
    </message>
    <message>
        <source>Digit {number} of {count} as the network reads it: 28×28 pixels, the ink’s centre of mass in the middle.</source>
        <translation>网络读到的第 {number} 个数字（共 {count} 个）：28×28 像素，笔迹的质心居中。</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>Article</source>
        <translation>教程</translation>
    </message>
    <message>
        <source>Robust</source>
        <translation>稳健</translation>
    </message>
    <message>
        <source>Best: the bundled model’s</source>
        <translation>最佳：自带模型所用</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Article: the tutorial’s settings. Robust: reads what people really draw, after a few minutes. Best: how the model that comes with the program was made, which takes much longer.</source>
        <translation>教程：教程中的设置。稳健：训练几分钟，就能识别人们真实的手写。最佳：程序自带模型的训练设置，耗时长得多。</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>{layers}: {counts} = {total:,} parameters</source>
        <translation>{layers}：{counts} = {total:,} 个参数</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Only differences</source>
        <translation>只显示不同项</translation>
    </message>
    <message>
        <source>Settings side by side</source>
        <translation>设置对照</translation>
    </message>
    <message>
        <source>Their settings are all the same.</source>
        <translation>它们的设置完全相同。</translation>
    </message>
    <message>
        <source>Choose runs in the table to see their settings side by side.</source>
        <translation>在表中选择训练，即可对照它们的设置。</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>the first {count} of {total:,} chosen</source>
        <translation>所选 {total:,} 项中的前 {count} 项</translation>
    </message>
    <message>
        <source>{mark} differs</source>
        <translation>{mark} 表示不同</translation>
    </message>
</context>
<context>
    <name>SlowMotionView</name>
    <message>
        <source>From the batch: what it is, and what the network said before the step</source>
        <translation>取自这一批次：实际是什么，更新参数之前网络读成什么</translation>
    </message>
    <message>
        <source>Seconds after each part of a step</source>
        <translation>每一步之后停留的秒数</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>Epoch {epoch}, batch {batch:,} of {batches:,}</source>
        <translation>第 {epoch} 轮，第 {batch:,} 批（共 {batches:,} 批）</translation>
    </message>
    <message>
        <source>One step, part by part</source>
        <translation>一次更新，逐步分解</translation>
    </message>
    <message>
        <source>A step like this is taken for each batch.</source>
        <translation>每个批次都会这样更新一次。</translation>
    </message>
    <message>
        <source>{seconds:.1f} s</source>
        <translation>{seconds:.1f} 秒</translation>
    </message>
</context>
<context>
    <name>SoftmaxView</name>
    <message>
        <source>From scores to probabilities</source>
        <translation>从得分到概率</translation>
    </message>
    <message>
        <source>digit</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>÷ {temperature}</source>
        <translation>÷ {temperature}</translation>
    </message>
    <message>
        <source>+ how the pen went</source>
        <translation>+ 运笔</translation>
    </message>
    <message>
        <source>e to that power</source>
        <translation>e 的这次幂</translation>
    </message>
    <message>
        <source>÷ sum = probability</source>
        <translation>÷ 总和 = 概率</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>总和</translation>
    </message>
</context>
<context>
    <name>SpecimenDialog</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>SpecimenMenu</name>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>To the canvas</source>
        <translation>放到画布上</translation>
    </message>
    <message>
        <source>Why is it read so?</source>
        <translation>为什么这样读？</translation>
    </message>
    <message>
        <source>Show in the data</source>
        <translation>在数据中显示</translation>
    </message>
    <message>
        <source>Undo the last label</source>
        <translation>撤销上一个标签</translation>
    </message>
    <message>
        <source>It is really</source>
        <translation>它其实是</translation>
    </message>
</context>
<context>
    <name>SpecimenPanel</name>
    <message>
        <source>Copy the row</source>
        <translation>复制这一行</translation>
    </message>
    <message>
        <source>The 784 values, 0 to 255, with commas between them.</source>
        <translation>784 个值，0 到 255，以逗号分隔。</translation>
    </message>
    <message>
        <source>label {label}</source>
        <translation>标签 {label}</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>official test</source>
        <translation>官方测试集</translation>
    </message>
    <message>
        <source>picture {index:,} of {split}</source>
        <translation>{split}的图片 {index:,}</translation>
    </message>
    <message>
        <source>label {label}; you put it right, the data set says {own}</source>
        <translation>标签 {label}；由您更正，数据集中是 {own}</translation>
    </message>
    <message>
        <source>read as {name}, {share} sure</source>
        <translation>读作 {name}，把握 {share}</translation>
    </message>
    <message>
        <source>by its look alone {name}</source>
        <translation>只看字形是 {name}</translation>
    </message>
    <message>
        <source>28×28 pixels are a row of 784 values</source>
        <translation>28×28 像素就是一行 784 个值</translation>
    </message>
    <message>
        <source>row {row}, column {column}: {value} ÷ 255 = {share:.3f}</source>
        <translation>行 {row}，列 {column}：{value} ÷ 255 = {share:.3f}</translation>
    </message>
</context>
<context>
    <name>SplitCombo</name>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>validation (live test curve)</source>
        <translation>验证集（实时测试曲线）</translation>
    </message>
    <message>
        <source>official test</source>
        <translation>官方测试集</translation>
    </message>
</context>
<context>
    <name>SteeringBar</name>
    <message>
        <source>Apply changes</source>
        <translation>应用更改</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>The run goes on with them from its next batch; with another batch size from its next epoch.</source>
        <translation>更改从下一批次起生效；批次大小从下一轮起生效。</translation>
    </message>
</context>
<context>
    <name>StrictnessSlider</name>
    <message>
        <source>Strictness in per cent</source>
        <translation>严格度（百分比）</translation>
    </message>
    <message>
        <source>How sure it must be of each digit to answer. What it is less sure of it declines with “?” and says why. 0 %: it always answers.</source>
        <translation>对每个数字要有多大把握才作答。把握不够时显示“?”并说明原因。0%：总是作答。</translation>
    </message>
    <message>
        <source>Strictness</source>
        <translation>严格度</translation>
    </message>
</context>
<context>
    <name>TeachBar</name>
    <message>
        <source>Wrong? Press the right digit, or click its bar.</source>
        <translation>读错了？按正确的数字键，或点它的条。</translation>
    </message>
    <message>
        <source>{count:,} drawing taught</source>
        <translation>已教 {count:,} 个字</translation>
    </message>
    <message>
        <source>{count:,} drawings taught</source>
        <translation>已教 {count:,} 个字</translation>
    </message>
    <message>
        <source>{count:,} drawing taught, nothing new</source>
        <translation>已教 {count:,} 个字，没有新的</translation>
    </message>
    <message>
        <source>{count:,} drawings taught, nothing new</source>
        <translation>已教 {count:,} 个字，没有新的</translation>
    </message>
    <message>
        <source>{count:,} drawings taught, {new:,} of them new</source>
        <translation>已教 {count:,} 个字，新的 {new:,} 个</translation>
    </message>
    <message>
        <source>What you put right, and what you say is right, is kept. Learn makes a copy of the model read it; you can always go back.</source>
        <translation>您更正的和确认的字都会保存。“学习”让模型的副本学会读它们；随时可以退回。</translation>
    </message>
</context>
<context>
    <name>Teaching</name>
    <message>
        <source>Reading the library</source>
        <translation>正在读取训练库</translation>
    </message>
    <message>
        <source>Learning your hand</source>
        <translation>正在学习您的笔迹</translation>
    </message>
    <message>
        <source>Going to another lesson</source>
        <translation>正在切换到另一步</translation>
    </message>
</context>
<context>
    <name>TeachingActions</name>
    <message>
        <source>Yes, &amp;right</source>
        <translation>读对了(&amp;R)</translation>
    </message>
    <message>
        <source>That is &amp;no digit</source>
        <translation>这不是数字(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Practice sheet…</source>
        <translation>练习纸(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Learn</source>
        <translation>学习(&amp;L)</translation>
    </message>
    <message>
        <source>Go &amp;back one step</source>
        <translation>退回一步(&amp;B)</translation>
    </message>
    <message>
        <source>Go &amp;forward again</source>
        <translation>再前进一步(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;What was learned…</source>
        <translation>学到了什么(&amp;W)…</translation>
    </message>
    <message>
        <source>Learn by &amp;itself</source>
        <translation>自动学习(&amp;I)</translation>
    </message>
    <message>
        <source>Wh&amp;o writes</source>
        <translation>谁在书写(&amp;O)</translation>
    </message>
    <message>
        <source>After {count} drawings</source>
        <translation>每 {count} 个字之后</translation>
    </message>
    <message>
        <source>Only when I say so</source>
        <translation>只在我要求时</translation>
    </message>
    <message>
        <source>&amp;New…</source>
        <translation>新建(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>删除(&amp;D)…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Who else writes?</source>
        <translation>还有谁书写？</translation>
    </message>
    <message>
        <source>Rename the profile</source>
        <translation>重命名书写者</translation>
    </message>
    <message>
        <source>Delete {name} with {count:,} drawing and all that was learned?</source>
        <translation>删除 {name}，连同 {count:,} 个字和学到的一切？</translation>
    </message>
    <message>
        <source>Delete {name} with {count:,} drawings and all that was learned?</source>
        <translation>删除 {name}，连同 {count:,} 个字和学到的一切？</translation>
    </message>
    <message>
        <source>This cannot be undone. Export the profile first to keep it.</source>
        <translation>此操作无法撤销。要保留请先导出。</translation>
    </message>
    <message>
        <source>Export the profile</source>
        <translation>导出书写者</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>书写者文件</translation>
    </message>
    <message>
        <source>Import a profile</source>
        <translation>导入书写者</translation>
    </message>
    <message>
        <source>Stop &amp;learning</source>
        <translation>停止学习(&amp;L)</translation>
    </message>
    <message>
        <source>Let a copy of the model learn what you have taught.</source>
        <translation>让模型的副本学习您教过的字。</translation>
    </message>
</context>
<context>
    <name>TimelineBox</name>
    <message>
        <source>Play through the epochs</source>
        <translation>逐轮播放</translation>
    </message>
    <message>
        <source>See how the reading changed from epoch to epoch</source>
        <translation>观看识别结果如何逐轮变化</translation>
    </message>
    <message>
        <source>Epoch that reads</source>
        <translation>用于识别的轮次</translation>
    </message>
    <message>
        <source>Read with the network as it was after an earlier epoch of this run</source>
        <translation>用这次训练中较早一轮的网络来识别</translation>
    </message>
    <message>
        <source>as it is now</source>
        <translation>当前状态</translation>
    </message>
    <message>
        <source>after epoch {epoch:,} of {count:,}</source>
        <translation>第 {epoch:,} 轮后，共 {count:,} 轮</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>Take out the strokes that it touches (E)</source>
        <translation>擦去它碰到的笔画（E）</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>加宽</translation>
    </message>
    <message>
        <source>Wide writing field</source>
        <translation>宽书写区</translation>
    </message>
    <message>
        <source>A wide writing field, for long numbers (F9)</source>
        <translation>宽书写区，适合写长的数字（F9）</translation>
    </message>
    <message>
        <source>Pen</source>
        <translation>笔</translation>
    </message>
    <message>
        <source>Pen width in pixels</source>
        <translation>笔的粗细（像素）</translation>
    </message>
    <message>
        <source>Pen: {width} pixels</source>
        <translation>笔：{width} 像素</translation>
    </message>
</context>
<context>
    <name>TrainingActions</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Train a network with these settings.</source>
        <translation>用这些设置训练网络。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Wait after the present batch.</source>
        <translation>完成当前批次后暂停。</translation>
    </message>
    <message>
        <source>Pause or go on</source>
        <translation>暂停或继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End the run; the best epoch so far is kept, and it can be continued.</source>
        <translation>结束这次训练；保留目前最佳的一轮，以后还可以继续。</translation>
    </message>
    <message>
        <source>One batch</source>
        <translation>一个批次</translation>
    </message>
    <message>
        <source>Train with one more batch, then pause.</source>
        <translation>再训练一个批次，然后暂停。</translation>
    </message>
    <message>
        <source>One epoch</source>
        <translation>一轮</translation>
    </message>
    <message>
        <source>Train to the end of the epoch, then pause.</source>
        <translation>训练到本轮结束，然后暂停。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>TrainingCurves</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Accuracy, %</source>
        <translation>准确率（%）</translation>
    </message>
    <message>
        <source>Press Start to train.</source>
        <translation>按“开始”进行训练。</translation>
    </message>
</context>
<context>
    <name>TutorialDialog</name>
    <message>
        <source>The tutorial, here</source>
        <translation>教程对照</translation>
    </message>
    <message>
        <source>In the tutorial</source>
        <translation>教程中</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>本程序中</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>mnist.pkl.gz: 50,000 pictures to train on, 10,000 to test with</source>
        <translation>mnist.pkl.gz：50,000 张训练图片，10,000 张测试图片</translation>
    </message>
    <message>
        <source>File › Open data set opens that file. The bundled MNIST has the same splits; the third, which the tutorial leaves out, is scored once when a run ends.</source>
        <translation>“文件 › 打开数据集”可以打开这个文件。自带的 MNIST 划分相同；教程没有用到的第三部分，在训练结束时评分一次。</translation>
    </message>
    <message>
        <source>One picture, (784,) reshaped to 28×28, grey</source>
        <translation>一张图片，由 (784,) 变形为 28×28，灰度</translation>
    </message>
    <message>
        <source>Choose a picture: it is enlarged, and each pixel says its value.</source>
        <translation>选择一张图片：它会放大显示，并可查看每个像素的值。</translation>
    </message>
    <message>
        <source>TensorDataset and DataLoader: batches, shuffled</source>
        <translation>TensorDataset 和 DataLoader：划分批次，打乱顺序</translation>
    </message>
    <message>
        <source>A real batch: of 64, 782 of them in an epoch, the last one of 16. Shuffle it, or go from batch to batch.</source>
        <translation>真实的批次：每批 64 张，每轮 782 批，最后一批 16 张。可以打乱顺序，也可以逐批查看。</translation>
    </message>
    <message>
        <source>784 → 128 → 256 → 10 with ReLU</source>
        <translation>784 → 128 → 256 → 10，激活函数 ReLU</translation>
    </message>
    <message>
        <source>Hidden layers: 128, 256. While you type, the parameters of each layer are counted: 784 × 128 weights + 128 biases.</source>
        <translation>隐藏层：128, 256。输入时会算出每层的参数量：784 × 128 个权重 + 128 个偏置。</translation>
    </message>
    <message>
        <source>Cross-entropy, or log-softmax and negative log-likelihood</source>
        <translation>交叉熵，或 log-softmax 加负对数似然</translation>
    </message>
    <message>
        <source>Loss: the network’s last step follows what you choose.</source>
        <translation>损失函数：网络的最后一步随您的选择而定。</translation>
    </message>
    <message>
        <source>Adam, learning rate 0.001, batches of 64, 10 epochs</source>
        <translation>Adam，学习率 0.001，批次大小 64，10 轮</translation>
    </message>
    <message>
        <source>The preset Article. Press Start.</source>
        <translation>选择预设“教程”，按“开始”。</translation>
    </message>
    <message>
        <source>Forward, loss, backward, step, zero grad</source>
        <translation>前向传播、计算损失、反向传播、更新参数、梯度清零</translation>
    </message>
    <message>
        <source>Tick Slow motion, and press One batch: each part, with its numbers.</source>
        <translation>勾选“慢动作”，按“一个批次”：逐步显示，并附上各自的数值。</translation>
    </message>
    <message>
        <source>Losses and accuracies of all batches, the mean every 2 epochs</source>
        <translation>所有批次的损失和准确率，每 2 轮取平均</translation>
    </message>
    <message>
        <source>The curves show every batch; the log says each second epoch.</source>
        <translation>曲线显示每个批次；日志每 2 轮写一行。</translation>
    </message>
    <message>
        <source>MPS, else CPU</source>
        <translation>MPS，否则 CPU</translation>
    </message>
    <message>
        <source>Device: automatic takes CUDA, else MPS, else the CPU.</source>
        <translation>设备：“自动”依次选用 CUDA、MPS、CPU。</translation>
    </message>
    <message>
        <source>Early stopping by a threshold</source>
        <translation>按阈值早停</translation>
    </message>
    <message>
        <source>Patience and improvement; the best epoch’s weights are kept.</source>
        <translation>早停耐心和最小提升；保留最佳一轮的权重。</translation>
    </message>
    <message>
        <source>How well it reads what it has not seen</source>
        <translation>对没见过的图片识别得怎么样</translation>
    </message>
    <message>
        <source>The confusion matrix, and every misread picture.</source>
        <translation>混淆矩阵，以及每一张识别错误的图片。</translation>
    </message>
    <message>
        <source>And your own hand?</source>
        <translation>您自己的笔迹呢？</translation>
    </message>
    <message>
        <source>Draw a digit or a number, and see how sure it is.</source>
        <translation>写一个数字或一串数字，看看它有多大把握。</translation>
    </message>
</context>
<context>
    <name>WeightPictures</name>
    <message>
        <source>The few values beyond the ends of the scale have its last colour.</source>
        <translation>少数超出色标两端的值，用两端的颜色表示。</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>The digit it is compared with</source>
        <translation>与之比较的数字</translation>
    </message>
    <message>
        <source>Most alike in the training data</source>
        <translation>训练数据中最相似的</translation>
    </message>
    <message>
        <source>Each with its label and its distance in the last hidden layer: how differently the neurons answer there, just before the ten scores are made.</source>
        <translation>各附标签和在最后一个隐藏层中的距离：在得出十个得分之前，那里的神经元反应有多不同。</translation>
    </message>
    <message>
        <source>Ink</source>
        <translation>笔迹</translation>
    </message>
    <message>
        <source>What the ink adds to the answer</source>
        <translation>笔迹对答案的贡献</translation>
    </message>
    <message>
        <source>Missing ink</source>
        <translation>缺少的笔迹</translation>
    </message>
    <message>
        <source>Where more ink would change the answer</source>
        <translation>哪里再多些笔迹会改变答案</translation>
    </message>
    <message>
        <source>The smallest change of the ink that turns the answer</source>
        <translation>能改变答案的最小笔迹改动</translation>
    </message>
    <message>
        <source>Untrained</source>
        <translation>未训练</translation>
    </message>
    <message>
        <source>The same map for a network that has learned nothing: a check of the map</source>
        <translation>对什么也没学过的网络作同样的图：以此检验这张图</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Turn it</source>
        <translation>改变它</translation>
    </message>
    <message>
        <source>Draw a digit to see why it is read as it is.</source>
        <translation>写一个数字，看看为什么这样读。</translation>
    </message>
    <message>
        <source>Why {answer} and not</source>
        <translation>为什么是 {answer} 而不是</translation>
    </message>
    <message>
        <source>Make it {rival}</source>
        <translation>变成 {rival}</translation>
    </message>
    <message>
        <source>Comparing with all training pictures…</source>
        <translation>正在与全部训练图片比较…</translation>
    </message>
</context>
<context>
    <name>WidthsField</name>
    <message>
        <source>none: softmax regression</source>
        <translation>无：softmax 回归</translation>
    </message>
</context>
<context>
    <name>_DataLabel</name>
    <message>
        <source>{name}, {total:,} pictures</source>
        <translation>{name}，{total:,} 张图片</translation>
    </message>
</context>
<context>
    <name>_DatasetChoice</name>
    <message>
        <source>Which data set?</source>
        <translation>哪个数据集？</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>“{name}” holds several data sets. Which one is meant?</source>
        <translation>“{name}”中有几个数据集。要用哪一个？</translation>
    </message>
</context>
<context>
    <name>_JobProgress</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>{title}, {time} left</source>
        <translation>{title}，剩余 {time}</translation>
    </message>
</context>
<context>
    <name>_ModelChoice</name>
    <message>
        <source>Model that reads</source>
        <translation>用于识别的模型</translation>
    </message>
    <message>
        <source>How it reads…</source>
        <translation>如何识别…</translation>
    </message>
    <message>
        <source>Reads with</source>
        <translation>识别模型</translation>
    </message>
    <message>
        <source>{name} (not saved)</source>
        <translation>{name}（未保存）</translation>
    </message>
    <message>
        <source>as it was after epoch {epoch}</source>
        <translation>第 {epoch} 轮后的状态</translation>
    </message>
    <message>
        <source>as of its newest epoch</source>
        <translation>最新一轮的状态</translation>
    </message>
    <message>
        <source>{accuracy:.1f} % of {total:,} tried</source>
        <translation>试读 {total:,} 张，对 {accuracy:.1f}%</translation>
    </message>
    <message>
        <source>{accuracy:.1f} % of {total:,}</source>
        <translation>{accuracy:.1f}%（{total:,} 张）</translation>
    </message>
</context>
<context>
    <name>_RemedyButton</name>
    <message>
        <source>Put this into the settings.</source>
        <translation>写入设置。</translation>
    </message>
</context>
<context>
    <name>_TextDelegate</name>
    <message>
        <source>Text of the picture</source>
        <translation>图片的文字</translation>
    </message>
</context>
<context>
    <name>about</name>
    <message>
        <source>MNIST Desktop {version}

Draw digits and have them read; train the network that reads them and watch it learn.

The bundled model has learned from MNIST (Y. LeCun, C. Cortes, C. Burges, CC BY-SA 3.0) and UNIPEN (International Unipen Foundation, CC BY 4.0).</source>
        <translation>MNIST Desktop {version}

手写数字，立即识别；训练识别数字的网络，看它如何学习。

自带模型学自 MNIST（Y. LeCun、C. Cortes、C. Burges，CC BY-SA 3.0）和 UNIPEN（International Unipen Foundation，CC BY 4.0）。</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>{file}: {fault}</source>
        <translation>{file}：{fault}</translation>
    </message>
    <message>
        <source>is too large: it unpacks to more than {most:,} bytes</source>
        <translation>太大：解压后超过 {most:,} 字节</translation>
    </message>
    <message>
        <source>is a folder; a file is needed</source>
        <translation>是一个文件夹；需要的是文件</translation>
    </message>
    <message>
        <source>is not a regular file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>is cut short; get a whole copy</source>
        <translation>不完整；请重新获取完整的副本</translation>
    </message>
    <message>
        <source>is damaged: its gzip data cannot be unpacked</source>
        <translation>已损坏：gzip 数据无法解压</translation>
    </message>
    <message>
        <source>does not exist; it may have been moved or renamed</source>
        <translation>不存在；它可能已被移动或改名</translation>
    </message>
    <message>
        <source>cannot be read: {reason}</source>
        <translation>无法读取：{reason}</translation>
    </message>
    <message>
        <source>is too large for this machine&apos;s memory</source>
        <translation>太大，这台电脑的内存装不下</translation>
    </message>
    <message>
        <source>is too large: it holds too many files</source>
        <translation>太大：其中的文件过多</translation>
    </message>
    <message>
        <source>is damaged or cut short; get a whole copy</source>
        <translation>已损坏或不完整；请重新获取完整的副本</translation>
    </message>
    <message>
        <source>cannot be unpacked: {fault}</source>
        <translation>无法解压：{fault}</translation>
    </message>
    <message>
        <source>cannot be saved: it is not a regular file</source>
        <translation>无法保存：它不是普通文件</translation>
    </message>
    <message>
        <source>cannot be saved: {reason}</source>
        <translation>无法保存：{reason}</translation>
    </message>
    <message>
        <source>too many parts</source>
        <translation>零碎的部分太多</translation>
    </message>
    <message>
        <source>The picture {fault}.</source>
        <translation>这张图片{fault}。</translation>
    </message>
    <message>
        <source>is empty; get a whole copy</source>
        <translation>是空的；请重新获取完整的副本</translation>
    </message>
    <message>
        <source>has no pixels; get a whole copy</source>
        <translation>没有像素；请重新获取完整的副本</translation>
    </message>
    <message>
        <source>is more than {most:,} pixels long; cut out the digits</source>
        <translation>边长超过 {most:,} 像素；请把数字部分裁剪出来</translation>
    </message>
    <message>
        <source>is animated; save the one picture of it that is meant</source>
        <translation>是动画；请把其中要识别的一帧另存为图片</translation>
    </message>
    <message>
        <source>would take too long to unpack; save it anew as PNG or JPEG</source>
        <translation>解码耗时过长；请重新保存为 PNG 或 JPEG</translation>
    </message>
    <message>
        <source>is in the format {format}; PNG, JPEG, BMP and WebP can be opened: save it as one of these</source>
        <translation>是 {format} 格式；可以打开 PNG、JPEG、BMP 和 WebP，请另存为其中一种</translation>
    </message>
    <message>
        <source>is not a picture that can be opened: PNG, JPEG, BMP or WebP</source>
        <translation>不是可以打开的图片（PNG、JPEG、BMP 或 WebP）</translation>
    </message>
    <message>
        <source>has more than {most} megapixels; make it smaller, or cut out the digits</source>
        <translation>超过 {most} 百万像素；请缩小，或把数字部分裁剪出来</translation>
    </message>
    <message>
        <source>shows no ink; take a picture of dark digits on light paper, or light on dark</source>
        <translation>没有字迹；请拍摄浅色纸上的深色数字，或深色底上的浅色数字</translation>
    </message>
    <message>
        <source>holds no drawing; each line should hold one</source>
        <translation>没有手写样本；每行应有一个</translation>
    </message>
    <message>
        <source>holds more than {most} MB; divide it up</source>
        <translation>超过 {most} MB；请拆分成几个文件</translation>
    </message>
    <message>
        <source>holds too many drawings, strokes or points; divide it up</source>
        <translation>样本、笔画或点过多；请拆分成几个文件</translation>
    </message>
    <message>
        <source>line {number} is too long for a drawing</source>
        <translation>第 {number} 行太长，不可能是一个样本</translation>
    </message>
    <message>
        <source>line {number} is not a drawing: it is not valid JSON</source>
        <translation>第 {number} 行不是样本：不是有效的 JSON</translation>
    </message>
    <message>
        <source>line {number} is not a drawing: it has no list named &quot;strokes&quot;</source>
        <translation>第 {number} 行不是样本：缺少名为 &quot;strokes&quot; 的列表</translation>
    </message>
    <message>
        <source>line {number} is not a drawing: it has more than {most:,} strokes</source>
        <translation>第 {number} 行不是样本：笔画超过 {most:,} 笔</translation>
    </message>
    <message>
        <source>line {number} is not a drawing: a stroke is not a list of points [x, y], all of them finite numbers</source>
        <translation>第 {number} 行不是样本：有一笔不是由点 [x, y] 组成的列表，或坐标不都是有限的数</translation>
    </message>
    <message>
        <source>line {number} is not a drawing: its label is neither a digit, nor a text, nor null</source>
        <translation>第 {number} 行不是样本：标签既不是数字，也不是文本或 null</translation>
    </message>
    <message>
        <source>line {number} is not a drawing: its label, or its writer’s name, has more than {most} characters</source>
        <translation>第 {number} 行不是样本：标签或书写者的名字超过 {most} 个字符</translation>
    </message>
    <message>
        <source>its pictures are {sides}, not 28×28</source>
        <translation>图片大小是 {sides}，不是 28×28</translation>
    </message>
    <message>
        <source>holds more than {most:,} pictures</source>
        <translation>图片超过 {most:,} 张</translation>
    </message>
    <message>
        <source>its pictures are {sides}; pictures of 28×28 and their labels are needed</source>
        <translation>其中的图片为 {sides}；需要 28×28 的图片及其标签</translation>
    </message>
    <message>
        <source>its pictures have values from {low:g} to {high:g}; 0 to 255 or 0 to 1 is needed</source>
        <translation>图片的值从 {low:g} 到 {high:g}；应为 0 到 255 或 0 到 1</translation>
    </message>
    <message>
        <source>its labels are not one number for each picture</source>
        <translation>标签不是每张图片一个数</translation>
    </message>
    <message>
        <source>The saved state of the training is damaged.</source>
        <translation>保存的训练状态已损坏。</translation>
    </message>
    <message>
        <source>This network would have {count:,} parameters; {most:,} can be trained.</source>
        <translation>这个网络会有 {count:,} 个参数；最多可以训练 {most:,} 个。</translation>
    </message>
    <message>
        <source>Hidden layers are whole numbers with commas between them, as in 128, 256.</source>
        <translation>隐藏层应为用逗号分隔的整数，例如 128, 256。</translation>
    </message>
    <message>
        <source>The configuration is not a set of named values.</source>
        <translation>配置不是一组带名称的值。</translation>
    </message>
    <message>
        <source>holds {count} data sets: {names}; name one of them, as in {example}</source>
        <translation>有 {count} 个数据集：{names}；请指明其中一个，例如 {example}</translation>
    </message>
    <message>
        <source>is not called as one of MNIST&apos;s four files are, train-images-idx3-ubyte …</source>
        <translation>的名称不是 MNIST 四个文件之一（train-images-idx3-ubyte …）</translation>
    </message>
    <message>
        <source>is not a data set: IDX files, .npz, pickles and CSV with pictures and labels, folders of pictures by digit, and zip archives of these can be opened</source>
        <translation>不是数据集：可以打开 IDX 文件、.npz、含图片和标签的 pickle 与 CSV、按数字分开的图片文件夹，以及它们的 zip 压缩包</translation>
    </message>
    <message>
        <source>holds no data set: four IDX files are needed (train-images-idx3-ubyte …), gzipped or not; or .npz, a pickle, CSV, or folders of pictures by digit, 0 to 9</source>
        <translation>没有数据集：需要四个 IDX 文件（train-images-idx3-ubyte …，可用 gzip 压缩），或 .npz、pickle、CSV，或按数字 0 到 9 分开的图片文件夹</translation>
    </message>
    <message>
        <source>{missing}-images-idx3-ubyte and its labels are missing in it</source>
        <translation>缺少 {missing}-images-idx3-ubyte 及其标签文件</translation>
    </message>
    <message>
        <source>This machine has no {device} device that torch can use; choose auto or cpu.</source>
        <translation>这台电脑没有 torch 可用的 {device} 设备；请选择“自动”或“CPU”。</translation>
    </message>
    <message>
        <source>can be exported as {kinds} only</source>
        <translation>只能导出为 {kinds}</translation>
    </message>
    <message>
        <source>is not a model: .safetensors files and PyTorch state dicts (.pt, .pth) can be opened</source>
        <translation>不是模型；可以打开 .safetensors 文件和 PyTorch state dict（.pt、.pth）</translation>
    </message>
    <message>
        <source>was not opened: it holds more than weights ({name}) and might run code. Save the network&apos;s state_dict() instead of the network</source>
        <translation>未打开：它不只含权重（{name}），可能会运行代码。请保存网络的 state_dict()，而不是整个网络</translation>
    </message>
    <message>
        <source>holds more than weights; save the network&apos;s state_dict() alone</source>
        <translation>不只含权重；请只保存网络的 state_dict()</translation>
    </message>
    <message>
        <source>is damaged, cut short or no model; a PyTorch file should hold a state dict</source>
        <translation>已损坏、不完整或不是模型；PyTorch 文件应包含 state dict</translation>
    </message>
    <message>
        <source>is a model of {program}, which cannot be opened; save its weights as .safetensors, or as a PyTorch state dict</source>
        <translation>是 {program} 的模型，无法打开；请将其权重存为 .safetensors 或 PyTorch 的 state dict</translation>
    </message>
    <message>
        <source>is packed, which PyTorch&apos;s own files are not</source>
        <translation>经过压缩，而 PyTorch 自己的文件不会压缩</translation>
    </message>
    <message>
        <source>is damaged: it says it holds more than it can</source>
        <translation>已损坏：它声称的内容超出了它所能容纳的</translation>
    </message>
    <message>
        <source>its weights are not a chain of fully connected layers from 784 to 10</source>
        <translation>权重不是从 784 到 10 依次相连的全连接层</translation>
    </message>
    <message>
        <source>{name} is no part of a chain of fully connected layers from 784 to 10</source>
        <translation>{name} 不属于从 784 到 10 依次相连的全连接层</translation>
    </message>
    <message>
        <source>has convolutions ({name}); only networks of fully connected layers, from 784 to 10, can be opened</source>
        <translation>含有卷积（{name}）；只能打开从 784 到 10 的全连接层网络</translation>
    </message>
    <message>
        <source>has recurrent layers or attention ({name}); only networks of fully connected layers, from 784 to 10, can be opened</source>
        <translation>含有循环层或注意力（{name}）；只能打开从 784 到 10 的全连接层网络</translation>
    </message>
    <message>
        <source>{name} normalises {width:,} values, which no layer gives</source>
        <translation>{name} 归一化 {width:,} 个值，但没有哪一层输出这么多</translation>
    </message>
    <message>
        <source>cannot be used: {fault}</source>
        <translation>无法使用：{fault}</translation>
    </message>
    <message>
        <source>the bias of {name} has another width</source>
        <translation>{name} 的偏置宽度不符</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>{missing} is missing in it</source>
        <translation>缺少 {missing}</translation>
    </message>
    <message>
        <source>is cut short: it holds {there:,} of {count:,} {what}; get a whole copy</source>
        <translation>不完整：{count:,} 个{what}中只有 {there:,} 个；请重新获取完整的副本</translation>
    </message>
    <message>
        <source>holds more than the {count:,} {what} it says</source>
        <translation>{what}多于它声称的 {count:,} 个</translation>
    </message>
    <message>
        <source>is not an IDX file of {what}: it begins with {magic} and not with {wanted}</source>
        <translation>不是{what}的 IDX 文件：开头是 {magic}，而不是 {wanted}</translation>
    </message>
    <message>
        <source>is cut short within its header; get a whole copy</source>
        <translation>文件头不完整；请重新获取完整的副本</translation>
    </message>
    <message>
        <source>says it holds {count:,} {what}; up to {most:,} can be opened</source>
        <translation>声称含有 {count:,} 个{what}；最多可以打开 {most:,} 个</translation>
    </message>
    <message>
        <source>The train curves are of distorted pictures and scribbles, so they look worse than the test curves, which are of digits as they are.</source>
        <translation>训练曲线来自变形后的图片和涂鸦，所以看起来比测试曲线差；测试曲线用的是原样的数字。</translation>
    </message>
    <message>
        <source>epoch {epoch}: train loss {train_loss:.4f}, accuracy {train_accuracy:.2f} % · test loss {test_loss:.4f}, accuracy {test_accuracy:.2f} % · {seconds:.2f} s</source>
        <translation>第 {epoch} 轮：训练损失 {train_loss:.4f}，准确率 {train_accuracy:.2f}% · 测试损失 {test_loss:.4f}，准确率 {test_accuracy:.2f}% · {seconds:.2f} 秒</translation>
    </message>
    <message>
        <source>The weights of epoch {best} are kept.</source>
        <translation>保留第 {best} 轮的权重。</translation>
    </message>
    <message>
        <source>No epoch was finished; the weights are kept as they were.</source>
        <translation>没有完成任何一轮；权重保持原样。</translation>
    </message>
    <message>
        <source>No epoch was finished, so there is nothing to keep.</source>
        <translation>没有完成任何一轮，因此没有可保留的内容。</translation>
    </message>
    <message>
        <source>{score}.</source>
        <translation>{score}。</translation>
    </message>
    <message>
        <source>The training diverged: in epoch {next} the loss was no longer a finite number. Try a lower learning rate than {rate:g}, for example {lower:g}.</source>
        <translation>训练发散：第 {next} 轮的损失已不是有限的数。请把学习率调到 {rate:g} 以下，例如 {lower:g}。</translation>
    </message>
    <message>
        <source>Stopped early after epoch {epoch}: it brought no improvement.</source>
        <translation>第 {epoch} 轮后早停：这一轮没有提升。</translation>
    </message>
    <message>
        <source>Stopped early after epoch {epoch}: {patience} in a row brought no improvement.</source>
        <translation>第 {epoch} 轮后早停：连续 {patience} 轮没有提升。</translation>
    </message>
    <message>
        <source>The only epoch is done.</source>
        <translation>唯一的一轮已完成。</translation>
    </message>
    <message>
        <source>All {epoch} epochs are done.</source>
        <translation>全部 {epoch} 轮已完成。</translation>
    </message>
    <message>
        <source>Stopped after {epoch} epoch.</source>
        <translation>在 {epoch} 轮后停止。</translation>
    </message>
    <message>
        <source>Stopped after {epoch} epochs.</source>
        <translation>在 {epoch} 轮后停止。</translation>
    </message>
    <message>
        <source>from epoch {epoch}: {setting} {old} → {new}</source>
        <translation>从第 {epoch} 轮起：{setting} {old} → {new}</translation>
    </message>
    <message>
        <source>from epoch {epoch}, batch {batch}: {setting} {old} → {new}</source>
        <translation>从第 {epoch} 轮第 {batch} 批起：{setting} {old} → {new}</translation>
    </message>
    <message>
        <source>was not opened: it is a pickle that would run {name}, and only arrays are allowed</source>
        <translation>未打开：这个 pickle 会运行 {name}，而只允许数组</translation>
    </message>
    <message>
        <source>is not a pickle of arrays of pictures and labels: in pairs, as mnist.pkl.gz has them, or by names in a dict</source>
        <translation>不是含图片和标签数组的 pickle：应像 mnist.pkl.gz 那样成对，或在字典中按名称存放</translation>
    </message>
    <message>
        <source>is the model that comes with the program; name another file</source>
        <translation>是程序自带的模型，请另取文件名</translation>
    </message>
    <message>
        <source>is damaged or no model: its description is too long</source>
        <translation>已损坏或不是模型：说明信息太长</translation>
    </message>
    <message>
        <source>says itself how its network reads; only of other files can it be said</source>
        <translation>文件自己说明了网络如何识别；只有其他文件才能另行指定</translation>
    </message>
    <message>
        <source>is too large for a model that this program can use</source>
        <translation>太大，不是本程序可用的模型</translation>
    </message>
    <message>
        <source>{name} is not a plain tensor</source>
        <translation>{name} 不是普通张量</translation>
    </message>
    <message>
        <source>{name} is not a matrix of weights: {kind}, {shape}</source>
        <translation>{name} 不是权重矩阵：{kind}，{shape}</translation>
    </message>
    <message>
        <source>{name} holds numbers that are infinite or not numbers; its training has diverged</source>
        <translation>{name} 含有无穷大或非数值；它的训练已发散</translation>
    </message>
    <message>
        <source>was made by a newer version of this program; update it to open the file</source>
        <translation>由本程序的更新版本生成；请升级程序后再打开</translation>
    </message>
    <message>
        <source>its description is damaged: {fault}</source>
        <translation>说明信息已损坏：{fault}</translation>
    </message>
    <message>
        <source>its weights do not have the shapes of the network {network}</source>
        <translation>权重的形状与网络 {network} 不符</translation>
    </message>
    <message>
        <source>is too large: its arrays can take {most:,} bytes; save the pictures as uint8</source>
        <translation>太大：数组最多可占 {most:,} 字节；请把图片保存为 uint8</translation>
    </message>
    <message>
        <source>holds {count} arrays, not one</source>
        <translation>有 {count} 个数组，而不是一个</translation>
    </message>
    <message>
        <source>it is of an unknown version</source>
        <translation>版本未知</translation>
    </message>
    <message>
        <source>its numbers are of type {dtype}</source>
        <translation>数值类型为 {dtype}</translation>
    </message>
    <message>
        <source>its size does not fit its shape</source>
        <translation>大小与形状不符</translation>
    </message>
    <message>
        <source>{name} is not an array of numbers: {fault}</source>
        <translation>{name} 不是数值数组：{fault}</translation>
    </message>
    <message>
        <source>this looks like no digit</source>
        <translation>看起来不是数字</translation>
    </message>
    <message>
        <source>several digits run together that cannot be split</source>
        <translation>几个数字连在一起，无法分开</translation>
    </message>
    <message>
        <source>one of the signs is not clear</source>
        <translation>有一个符号不清楚</translation>
    </message>
    <message>
        <source>it may be one of two digits</source>
        <translation>可能是两个数字中的一个</translation>
    </message>
    <message>
        <source>there is a sign that cannot be read</source>
        <translation>有一个符号无法识别</translation>
    </message>
    <message>
        <source>its look and the way you write it speak for different digits</source>
        <translation>字形与您的笔法指向不同的数字</translation>
    </message>
    <message>
        <source>no digit is written like this</source>
        <translation>数字不是这样写的</translation>
    </message>
    <message>
        <source>too little ink</source>
        <translation>笔迹太少</translation>
    </message>
    <message>
        <source>{accuracy:.1f} % of {total:,} digit, {low:.1f}–{high:.1f}</source>
        <translation>{total:,} 个数字，准确率 {accuracy:.1f}%（{low:.1f}～{high:.1f}）</translation>
    </message>
    <message>
        <source>{accuracy:.1f} % of {total:,} digits, {low:.1f}–{high:.1f}</source>
        <translation>{total:,} 个数字，准确率 {accuracy:.1f}%（{low:.1f}～{high:.1f}）</translation>
    </message>
    <message>
        <source>Of what is drawn it hears how the pen went, too.</source>
        <translation>对手写的笔迹，它还会看运笔。</translation>
    </message>
    <message>
        <source>Knows which way the pen goes in {count:,} drawing.</source>
        <translation>知道 {count:,} 个字的笔法。</translation>
    </message>
    <message>
        <source>Knows which way the pen goes in {count:,} drawings.</source>
        <translation>知道 {count:,} 个字的笔法。</translation>
    </message>
    <message>
        <source>Taught {count:,} drawing of one person.</source>
        <translation>学过一个人的 {count:,} 个字。</translation>
    </message>
    <message>
        <source>Taught {count:,} drawings of one person.</source>
        <translation>学过一个人的 {count:,} 个字。</translation>
    </message>
    <message>
        <source>Read rightly, kept aside: {before:,} of {total:,} before, {after:,} after.</source>
        <translation>留出未学的 {total:,} 个字：学之前读对 {before:,} 个，学之后读对 {after:,} 个。</translation>
    </message>
    <message>
        <source>{name} is {value}; a whole number from {low:,} to {high:,} is needed.</source>
        <translation>{name} 为 {value}；应为 {low:,} 到 {high:,} 的整数。</translation>
    </message>
    <message>
        <source>{name} is {value}; a number from {low:g} to {high:g} is needed.</source>
        <translation>{name} 为 {value}；应为 {low:g} 到 {high:g} 的数。</translation>
    </message>
    <message>
        <source>{percent:g} %</source>
        <translation>{percent:g}%</translation>
    </message>
    <message>
        <source>{name} is {value}; it can be {choices}.</source>
        <translation>{name} 为 {value}；可选值为 {choices}。</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>There can be {most} hidden layers at the most.</source>
        <translation>隐藏层最多 {most} 层。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>How many neurons each layer between the 784 pixels and the 10 digits has, as in 128, 256. Multiples of 8 or 32 are usual. More of them can learn more, and take longer.</source>
        <translation>784 个像素与 10 个数字之间各层的神经元数，例如 128, 256。通常取 8 或 32 的倍数。神经元越多，能学的越多，耗时也越长。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>What each hidden neuron makes of its sum. Without one, all layers together could do no more than a single one. ReLU lets what is above zero through.</source>
        <translation>隐藏层神经元对加权和所做的变换。没有它，再多的层也只相当于一层。ReLU 只让大于零的部分通过。</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>sigmoid</translation>
    </message>
    <message>
        <source>leaky ReLU</source>
        <translation>带泄漏的 ReLU</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>丢弃率</translation>
    </message>
    <message>
        <source>The share of each hidden layer’s outputs that is left out in each batch, so that the network does not rely on a few of them. 0 leaves out none.</source>
        <translation>Dropout：每个批次中，各隐藏层的输出被随机丢弃的比例，使网络不依赖少数几个输出。0 表示不丢弃。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失函数</translation>
    </message>
    <message>
        <source>Cross-entropy takes the softmax itself. Negative log-likelihood does not, so the network then ends with a log-softmax.</source>
        <translation>交叉熵自带 softmax；负对数似然不带，因此网络末尾会加上 log-softmax。</translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>neg. log-likelihood</source>
        <translation>负对数似然</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How many times all training pictures are seen.</source>
        <translation>全部训练图片看多少遍。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批次大小</translation>
    </message>
    <message>
        <source>Pictures in one step. With 64, MNIST’s 50,000 make 782 batches an epoch, the last one of 16.</source>
        <translation>每次更新所用的图片数。取 64 时，MNIST 的 50,000 张图片每轮分为 782 个批次，最后一批 16 张。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far each step moves the weights. Too small learns slowly, too large never arrives.</source>
        <translation>每次更新把权重移动多远。太小学得慢，太大则无法收敛。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>How the gradient moves the weights. SGD goes straight down it; Adam gives each weight a pace of its own; AdamW also lets weights decay on their own.</source>
        <translation>怎样按梯度更新权重。SGD 直接沿梯度下降；Adam 让每个权重有自己的步长；AdamW 还让权重单独衰减。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>The share of its last step that SGD takes along into the next one.</source>
        <translation>SGD 把上一步的多大比例带入下一步。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>How the learning rate goes on: always the same; falling to zero along a cosine; or up in the first third and then down to zero.</source>
        <translation>学习率怎样变化：始终不变；沿余弦曲线降到零；或在前三分之一上升，然后降到零。</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>one cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>How strongly weights are drawn towards zero, which keeps them from growing.</source>
        <translation>以多大力度把权重拉向零，防止权重过大。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>早停耐心</translation>
    </message>
    <message>
        <source>Stop early: end when so many epochs in a row have not improved the test accuracy. The best epoch’s weights are kept.</source>
        <translation>早停：测试准确率连续这么多轮没有提升就结束。保留最佳一轮的权重。</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Improvement</source>
        <translation>最小提升</translation>
    </message>
    <message>
        <source>By more than this the test accuracy has to grow to count as improved.</source>
        <translation>测试准确率的增长超过这个值才算提升。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Train on the first so many pictures only. Fewer are faster, and read worse.</source>
        <translation>只用前面这么多张图片训练。图片越少越快，识别也越差。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>打乱顺序</translation>
    </message>
    <message>
        <source>Cut the batches in another order for each epoch, or always in the same.</source>
        <translation>每轮按新的顺序划分批次；否则顺序始终不变。</translation>
    </message>
    <message>
        <source>Distortion</source>
        <translation>变形</translation>
    </message>
    <message>
        <source>How much each training picture is turned, slanted, stretched and bent, every time in another way, so that the network reads other hands too. 0 leaves the pictures as they are.</source>
        <translation>训练图片旋转、倾斜、拉伸和弯曲的程度，每次都不同，使网络也能识别别人的笔迹。0 表示保持原样。</translation>
    </message>
    <message>
        <source>Synthetic digits</source>
        <translation>合成数字</translation>
    </message>
    <message>
        <source>So many digits in styles that MNIST lacks, such as slashed zeros and crossed sevens, join the training pictures. The program writes them itself.</source>
        <translation>向训练图片中加入这么多个 MNIST 所缺写法的数字，例如带斜线的 0 和带横杠的 7。它们由程序自己书写。</translation>
    </message>
    <message>
        <source>Scribbles</source>
        <translation>涂鸦</translation>
    </message>
    <message>
        <source>So many letters, signs and scribbles join the training pictures, so that the network learns to be unsure of what is no digit.</source>
        <translation>向训练图片中加入这么多个字母、符号和涂鸦，使网络学会对不是数字的东西不作肯定。</translation>
    </message>
    <message>
        <source>Tablet digits</source>
        <translation>数位板数字</translation>
    </message>
    <message>
        <source>So many digits that people wrote with pens on tablets join the training pictures. They come with the program; each is taken several times, in a slightly other hand.</source>
        <translation>在训练图片中加入这么多由不同的人用笔在数位板上写的数字。这些数字随程序附带；每个会取用多次，每次笔迹略有不同。</translation>
    </message>
    <message>
        <source>Tablet letters</source>
        <translation>数位板字母</translation>
    </message>
    <message>
        <source>So many letters and signs that the same people wrote join the training pictures, so that the network learns to be unsure of what is no digit.</source>
        <translation>在训练图片中加入这么多由同一些人写的字母和符号，让网络学会对不是数字的笔迹没有把握。</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>How much of the right answer is shared out among all ten digits. A little keeps the network from being surer than it should be.</source>
        <translation>把正确答案的多大比例平分给十个数字。少量平滑可以避免网络过于自信。</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>运行环境</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where it is computed. Automatic takes a graphics card (CUDA, else MPS) if there is one, else the CPU.</source>
        <translation>在哪里计算。“自动”优先使用显卡（CUDA，其次 MPS），没有则使用 CPU。</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Workers</source>
        <translation>加载进程</translation>
    </message>
    <message>
        <source>Processes that load batches. With pictures that are in memory already they make an epoch three to five times slower; 0 loads in the training’s own thread.</source>
        <translation>加载批次的进程数。图片已在内存中时，用它们反而会使每轮慢三到五倍；0 表示在训练线程中加载。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed gives the same curve.</source>
        <translation>相同的种子得到相同的曲线。</translation>
    </message>
    <message>
        <source>Log every</source>
        <translation>日志间隔</translation>
    </message>
    <message>
        <source>Epochs from one line of the log to the next.</source>
        <translation>每隔多少轮写一行日志。</translation>
    </message>
    <message>
        <source>It has no test pictures: the last sixth of its pictures is kept for the test, and of the others the last sixth for validation.</source>
        <translation>它没有测试图片：留出最后六分之一作测试，其余的最后六分之一作验证。</translation>
    </message>
    <message>
        <source>It has no test pictures: its validation pictures are kept for the test, and the last sixth of its training pictures is for validation.</source>
        <translation>它没有测试图片：验证图片留作测试，训练图片的最后六分之一作验证。</translation>
    </message>
    <message>
        <source>Its pictures stand in the order of their labels, and were mixed.</source>
        <translation>它的图片按标签排列，已打乱。</translation>
    </message>
    <message>
        <source>Its ink is dark on light paper, and was made light on black.</source>
        <translation>它是浅底深字，已改为黑底浅字。</translation>
    </message>
    <message>
        <source>Its pictures lie on their side, as EMNIST’s do, and were set up.</source>
        <translation>它的图片像 EMNIST 那样侧放，已摆正。</translation>
    </message>
    <message>
        <source>has one training picture only, and needs one more to test on</source>
        <translation>只有一张训练图片，还需要一张用于测试</translation>
    </message>
    <message>
        <source>is not a table of digits: each line should hold a label and 784 pixels</source>
        <translation>不是数字的表格：每行应有一个标签和 784 个像素</translation>
    </message>
    <message>
        <source>has no labels: its lines hold 784 pixels and nothing else</source>
        <translation>没有标签：每行只有 784 个像素</translation>
    </message>
    <message>
        <source>holds no pictures</source>
        <translation>没有图片</translation>
    </message>
    <message>
        <source>line {number:,} is not {columns} numbers</source>
        <translation>第 {number:,} 行不是 {columns} 个数</translation>
    </message>
    <message>
        <source>{labels:,} labels do not fit {pictures:,} pictures; each picture needs its label</source>
        <translation>标签 {labels:,} 个，图片 {pictures:,} 张，数量不符；每张图片都需要标签</translation>
    </message>
    <message>
        <source>label {where:,} is {label}; labels are digits from 0 to 9</source>
        <translation>第 {where:,} 个标签是 {label}；标签应为 0 到 9 的数字</translation>
    </message>
    <message>
        <source>The weights are of another network.</source>
        <translation>权重属于另一个网络。</translation>
    </message>
    <message>
        <source>The saved state is of another network or training.</source>
        <translation>保存的状态属于另一个网络或另一次训练。</translation>
    </message>
    <message>
        <source>The run is damaged.</source>
        <translation>这次训练已损坏。</translation>
    </message>
    <message>
        <source>is damaged and was left as it is; in {folder}, put a whole copy in its place or move it away</source>
        <translation>已损坏，且未作改动；请在 {folder} 中换上完好的副本，或将其移走</translation>
    </message>
    <message>
        <source>cannot be written: the disk is full; make room on it</source>
        <translation>无法写入：磁盘已满；请腾出空间</translation>
    </message>
    <message>
        <source>cannot be written: it or its folder {folder} is read-only; allow writing there</source>
        <translation>无法写入：它或它所在的文件夹 {folder} 是只读的；请允许写入</translation>
    </message>
    <message>
        <source>cannot be opened: see whether its folder {folder} is there and may be written in</source>
        <translation>无法打开：请检查文件夹 {folder} 是否存在、能否写入</translation>
    </message>
    <message>
        <source>is in use: something else has been writing to it for {seconds:g} seconds; try again</source>
        <translation>正在使用：已有其他程序写入了 {seconds:g} 秒；请重试</translation>
    </message>
    <message>
        <source>cannot be read or written: its disk is full, was taken away, or is failing</source>
        <translation>无法读写：磁盘已满、已移除或出现故障</translation>
    </message>
    <message>
        <source>cannot be made in {folder}: {reason}; see that one may write there</source>
        <translation>无法在 {folder} 中建立：{reason}；请确认那里可以写入</translation>
    </message>
    <message>
        <source>is a database of another program and was left as it is; move it away</source>
        <translation>是其他程序的数据库，未作改动；请把它移走</translation>
    </message>
    <message>
        <source>cannot be written: {reason}</source>
        <translation>无法写入：{reason}</translation>
    </message>
    <message>
        <source>Meanwhile the run is kept in {folder}.</source>
        <translation>在此期间，本次训练保存在 {folder}。</translation>
    </message>
    <message>
        <source>Meanwhile the run is kept in memory only: save the model before you close the window.</source>
        <translation>在此期间，本次训练只保存在内存中：请在关闭窗口前保存模型。</translation>
    </message>
    <message>
        <source>All of the run was written there once more.</source>
        <translation>整个训练已重新写入。</translation>
    </message>
    <message>
        <source>The library can be written again, and all of the run is in it.</source>
        <translation>训练库恢复可写，整个训练已存入其中。</translation>
    </message>
    <message>
        <source>{fault}.</source>
        <translation>{fault}。</translation>
    </message>
    <message>
        <source>is not a run: files that end in .mnist-run can be opened</source>
        <translation>不是训练文件；可以打开以 .mnist-run 结尾的文件</translation>
    </message>
    <message>
        <source>is not a profile: files that end in .mnist-profile can be opened</source>
        <translation>不是书写者文件：可以打开以 .mnist-profile 结尾的文件</translation>
    </message>
    <message>
        <source>is damaged, or was not made by this program</source>
        <translation>已损坏，或不是由本程序生成</translation>
    </message>
    <message>
        <source>another window is training this run</source>
        <translation>另一个窗口正在进行这次训练</translation>
    </message>
    <message>
        <source>the run was trained on other pictures; open their data set, {dataset}</source>
        <translation>这次训练用的是另一些图片；请打开它的数据集 {dataset}</translation>
    </message>
    <message>
        <source>the run “{name}” is damaged: it can only be deleted</source>
        <translation>训练“{name}”已损坏，只能删除</translation>
    </message>
    <message>
        <source>no longer holds this run: it, or the whole library, was removed meanwhile</source>
        <translation>已不含这次训练：它或整个训练库已被移除</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>A training is going on. Stop it first, or wait until it has ended.</source>
        <translation>训练正在进行。请先停止，或等它结束。</translation>
    </message>
    <message>
        <source>The run has no finished epoch yet, so there is nothing to read with.</source>
        <translation>这次训练还没有完成一轮，因此还没有可用于识别的模型。</translation>
    </message>
    <message>
        <source>The run has no finished epoch yet, so there is no model to export.</source>
        <translation>这次训练还没有完成一轮，因此没有可导出的模型。</translation>
    </message>
    <message>
        <source>“{name}” is being trained and was not deleted. Stop it first.</source>
        <translation>“{name}”正在训练，没有删除。请先停止。</translation>
    </message>
    <message>
        <source>There is no picture to paste: copy a picture or a picture file first.</source>
        <translation>没有可粘贴的图片：请先复制一张图片或一个图片文件。</translation>
    </message>
    <message>
        <source>holds neither pictures nor drawings</source>
        <translation>里面既没有图片，也没有手写文件</translation>
    </message>
    <message>
        <source>That is only the address of a picture, and nothing is fetched from the network. Copy the picture itself, or save it and open the file.</source>
        <translation>这只是图片的网址，本程序不会从网络获取任何内容。请复制图片本身，或将其保存后打开文件。</translation>
    </message>
    <message>
        <source>it would read these drawings worse than before</source>
        <translation>它读这些字会比以前差</translation>
    </message>
    <message>
        <source>it would read other people’s digits worse than before</source>
        <translation>它读别人的数字会比以前差</translation>
    </message>
    <message>
        <source>There is nothing to learn from: no drawings.</source>
        <translation>没有可学的：一个字也没有。</translation>
    </message>
    <message>
        <source>You have taught no digit yet.</source>
        <translation>您还没有教过数字。</translation>
    </message>
    <message>
        <source>There is no single digit to try it with.</source>
        <translation>没有可以拿来试的单个数字。</translation>
    </message>
    <message>
        <source>There is no single digit in this file, nor ink that is labelled as none.</source>
        <translation>此文件中没有单个数字，也没有标为“不是数字”的笔迹。</translation>
    </message>
    <message>
        <source>Both read the same pictures rightly.</source>
        <translation>两者读对的图片相同。</translation>
    </message>
    <message>
        <source>{one:,} picture is read rightly by {first} alone,</source>
        <translation>只有 {first} 读对的有 {one:,} 张，</translation>
    </message>
    <message>
        <source>{one:,} pictures are read rightly by {first} alone,</source>
        <translation>只有 {first} 读对的有 {one:,} 张，</translation>
    </message>
    <message>
        <source>{other:,} by {second} alone.</source>
        <translation>只有 {second} 读对的有 {other:,} 张。</translation>
    </message>
    <message>
        <source>If they read equally well, chance would bring that in {p:.2g} %.</source>
        <translation>若两者同样好，偶然出现这种情况的机会为 {p:.2g}%。</translation>
    </message>
    <message>
        <source>Chance would hardly ever bring that.</source>
        <translation>这几乎不可能是偶然。</translation>
    </message>
    <message>
        <source>So {better} reads these pictures better.</source>
        <translation>所以 {better} 读这些图片更好。</translation>
    </message>
    <message>
        <source>If they read equally well, chance would bring that in {p:.0f} % of all cases.</source>
        <translation>若两者同样好，偶然出现这种情况的机会为 {p:.0f}%。</translation>
    </message>
    <message>
        <source>So it is not shown that one reads better than the other.</source>
        <translation>所以不能说明哪个更好。</translation>
    </message>
    <message>
        <source>In epoch {epoch} the loss grew beyond all numbers: the steps are far too large.</source>
        <translation>第 {epoch} 轮损失超出一切数值：步子太大了。</translation>
    </message>
    <message>
        <source>It reads no better than one who guesses: most likely the learning rate is too high, and each step goes astray.</source>
        <translation>它不比瞎猜好：很可能学习率太高，每一步都走偏了。</translation>
    </message>
    <message>
        <source>Since epoch {epoch} the train loss rises: the learning rate is so high that steps lead past what they aim at.</source>
        <translation>从第 {epoch} 轮起训练损失上升：学习率太高，每一步都越过了目标。</translation>
    </message>
    <message>
        <source>Stop early, after {value} epochs</source>
        <translation>{value} 轮后提前停止</translation>
    </message>
    <message>
        <source>Dropout {value:g}</source>
        <translation>丢弃率 {value:g}</translation>
    </message>
    <message>
        <source>Since epoch {epoch} the test loss rises while the train loss falls: it learns the training pictures by heart (overfitting).</source>
        <translation>从第 {epoch} 轮起测试损失上升而训练损失下降：它在死记训练图片（过拟合）。</translation>
    </message>
    <message>
        <source>{share:.0f} % of the neurons of {layer} are dead: they say the same whatever the picture, and learn nothing more.</source>
        <translation>{layer} 有 {share:.0f}% 的神经元失活：对任何图片输出都一样，不再学习。</translation>
    </message>
    <message>
        <source>In epoch {epoch} the loss of a batch leapt to {loss:.1f}, worse than guessing: a step was too large.</source>
        <translation>第 {epoch} 轮有一批的损失跳到 {loss:.1f}，比瞎猜还差：有一步太大了。</translation>
    </message>
    <message>
        <source>Since epoch {epoch} neither loss has fallen. Smaller steps may lead further; if not, the network has learned what it can.</source>
        <translation>从第 {epoch} 轮起两种损失都不再下降。步子小一些也许还能前进；否则网络已学到它能学的。</translation>
    </message>
    <message>
        <source>The train loss falls by {percent:.0f} % an epoch only: the learning rate may be too low.</source>
        <translation>训练损失每轮只下降 {percent:.0f}%：学习率可能太低。</translation>
    </message>
    <message>
        <source>Learning rate {value:g}</source>
        <translation>学习率 {value:g}</translation>
    </message>
    <message>
        <source>Turned, degrees</source>
        <translation>旋转（度）</translation>
    </message>
    <message>
        <source>Shifted, pixels</source>
        <translation>平移（像素）</translation>
    </message>
    <message>
        <source>Scaled, % of its size</source>
        <translation>缩放（原大小的 %）</translation>
    </message>
    <message>
        <source>Thickened, pixels of pen</source>
        <translation>加粗（笔宽像素）</translation>
    </message>
    <message>
        <source>Blurred, pixels</source>
        <translation>模糊（像素）</translation>
    </message>
    <message>
        <source>Noisy, % of full ink</source>
        <translation>噪声（满墨的 %）</translation>
    </message>
    <message>
        <source>pixels from 0 to 1</source>
        <translation>像素从 0 到 1</translation>
    </message>
    <message>
        <source>pixels from 0 to 255</source>
        <translation>像素从 0 到 255</translation>
    </message>
    <message>
        <source>pixels from −1 to 1</source>
        <translation>像素从 −1 到 1</translation>
    </message>
    <message>
        <source>pixels less MNIST’s mean, by its deviation</source>
        <translation>像素减 MNIST 均值再除以标准差</translation>
    </message>
    <message>
        <source>The file does not say how its network reads. It was tried: given {range}, {ink}, {side}, with {activation} between its layers, it reads {accuracy:.1f} % of {total:,} digits.</source>
        <translation>文件没有说明网络如何识别。试过：{range}、{ink}、{side}、层间为 {activation} 时，{total:,} 个数字读对 {accuracy:.1f}%。</translation>
    </message>
    <message>
        <source>The file does not say how its network reads. It was tried: given {range}, {ink}, {side}, it reads {accuracy:.1f} % of {total:,} digits.</source>
        <translation>文件没有说明网络如何识别。试过：{range}、{ink}、{side} 时，{total:,} 个数字读对 {accuracy:.1f}%。</translation>
    </message>
    <message>
        <source>dark ink on white paper</source>
        <translation>白纸黑字</translation>
    </message>
    <message>
        <source>light ink on black</source>
        <translation>黑底浅字</translation>
    </message>
    <message>
        <source>rows and columns exchanged</source>
        <translation>行列互换</translation>
    </message>
    <message>
        <source>upright</source>
        <translation>正放</translation>
    </message>
    <message>
        <source>Its batch normalisation is part of the weights now.</source>
        <translation>它的批归一化已并入权重。</translation>
    </message>
    <message>
        <source>That is less than half: it was trained on something else, or in a way that was not tried.</source>
        <translation>不到一半：它是用别的数据训练的，或用了没有试过的方式。</translation>
    </message>
    <message>
        <source>{text} is no input format; it can be {words}</source>
        <translation>{text} 不是输入格式；可以是 {words}</translation>
    </message>
    <message>
        <source>has no pictures with labels by names that are known, as x_train, y_train, x_test, y_test; it holds {names}</source>
        <translation>没有以已知名称（如 x_train、y_train、x_test、y_test）存放的图片和标签；其中有 {names}</translation>
    </message>
    <message>
        <source>needs one array of {what} that is called as {example} or alike; it has {count}</source>
        <translation>需要一个名为 {example} 或类似名称的 {what} 数组；现有 {count} 个</translation>
    </message>
    <message>
        <source>{count:,} of its pictures were not 28×28, and were scaled to that.</source>
        <translation>有 {count:,} 张图片不是 28×28，已缩放到该大小。</translation>
    </message>
    <message>
        <source>This model has no hidden layer, and so nothing to keep a handwriting in.</source>
        <translation>此模型没有隐藏层，没有地方记住笔迹。</translation>
    </message>
    <message>
        <source>nothing was changed: the person it belongs to has been deleted</source>
        <translation>没有更改：所属的书写者已被删除</translation>
    </message>
    <message>
        <source>t-SNE needs the package openTSNE. Install it with: pip install openTSNE</source>
        <translation>t-SNE 需要软件包 openTSNE。安装：pip install openTSNE</translation>
    </message>
    <message>
        <source>Too few digits of your own: {count}. Write at least {fewest}, as on a practice sheet.</source>
        <translation>您自己的数字太少：{count} 个。请至少写 {fewest} 个，例如填写练习纸。</translation>
    </message>
    <message>
        <source>is missing or damaged; install the program again</source>
        <translation>缺失或已损坏，请重新安装本程序</translation>
    </message>
</context>
<context>
    <name>duration</name>
    <message>
        <source>{s} s</source>
        <translation>{s} 秒</translation>
    </message>
    <message>
        <source>{m} min {s} s</source>
        <translation>{m} 分 {s} 秒</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分</translation>
    </message>
</context>
<context>
    <name>fonts</name>
    <message>
        <source>Ag</source>
        <extracomment>Only measured: any short text with the highest and lowest characters there are</extracomment>
        <translation>国</translation>
    </message>
</context>
<context>
    <name>models</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>How the training has ended</source>
        <translation>训练是怎样结束的</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>早停</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Inputs, hidden layers, outputs</source>
        <translation>输入、隐藏层、输出</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Weights and biases of all layers together</source>
        <translation>所有层的权重和偏置总数</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How many times all training pictures were seen</source>
        <translation>全部训练图片看过多少遍</translation>
    </message>
    <message>
        <source>{done} of {planned}</source>
        <translation>{done} / {planned}</translation>
    </message>
    <message>
        <source>Best test</source>
        <translation>最佳测试</translation>
    </message>
    <message>
        <source>Best test accuracy: the highest point of the test curve</source>
        <translation>最佳测试准确率：测试曲线的最高点</translation>
    </message>
    <message>
        <source>Final score</source>
        <translation>最终得分</translation>
    </message>
    <message>
        <source>Accuracy on the official test pictures, taken once when the training ends</source>
        <translation>官方测试集上的准确率，只在训练结束时测一次</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>How long the training took</source>
        <translation>训练用了多长时间</translation>
    </message>
    <message>
        <source>This model reads now.</source>
        <translation>正在用这个模型识别。</translation>
    </message>
    <message>
        <source>Trained on {dataset}</source>
        <translation>训练数据：{dataset}</translation>
    </message>
    <message>
        <source>after epoch {epoch}</source>
        <translation>第 {epoch} 轮后</translation>
    </message>
    <message>
        <source>What the library holds of it cannot be used. It can only be deleted.</source>
        <translation>训练库中的记录无法使用，只能删除。</translation>
    </message>
    <message>
        <source>It is being trained right now.</source>
        <translation>正在训练。</translation>
    </message>
    <message>
        <source>It was cut off, and can be continued after epoch {epoch}.</source>
        <translation>训练中断，可从第 {epoch} 轮之后继续。</translation>
    </message>
    <message>
        <source>It was ended because it no longer got better.</source>
        <translation>因不再提升而提前结束。</translation>
    </message>
    <message>
        <source>Its loss grew beyond all limits; a lower learning rate helps.</source>
        <translation>损失无限增大；调低学习率会有帮助。</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Test accuracy, %</source>
        <translation>测试准确率（%）</translation>
    </message>
    <message>
        <source>Train accuracy, %</source>
        <translation>训练准确率（%）</translation>
    </message>
    <message>
        <source>Test loss</source>
        <translation>测试损失</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>训练损失</translation>
    </message>
</context>
<context>
    <name>number</name>
    <message>
        <source>{number} %</source>
        <translation>{number}%</translation>
    </message>
</context>
<context>
    <name>step</name>
    <message>
        <source>Forward</source>
        <translation>前向传播</translation>
    </message>
    <message>
        <source>read rightly</source>
        <translation>识别正确</translation>
    </message>
    <message>
        <source>The batch goes through the network, which gives each picture ten scores.</source>
        <translation>这一批次通过网络，网络给每张图片打出十个分数。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>计算损失</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>How wrong the scores are, as one number. To learn is to make it smaller.</source>
        <translation>用一个数表示这些分数错得多厉害。学习就是让它变小。</translation>
    </message>
    <message>
        <source>Backward</source>
        <translation>反向传播</translation>
    </message>
    <message>
        <source>gradient’s length</source>
        <translation>梯度长度</translation>
    </message>
    <message>
        <source>The gradient says of each weight how the loss would grow if the weight grew.</source>
        <translation>梯度说明：每个权重增大时，损失会怎样增大。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>更新参数</translation>
    </message>
    <message>
        <source>weights moved</source>
        <translation>权重的移动量</translation>
    </message>
    <message>
        <source>Each weight moves a little the other way, so that the loss shrinks.</source>
        <translation>每个权重朝相反方向移动一点，使损失减小。</translation>
    </message>
    <message>
        <source>Zero grad</source>
        <translation>梯度清零</translation>
    </message>
    <message>
        <source>The gradient is forgotten, so that the next batch begins without one.</source>
        <translation>清除梯度，让下一批次从零开始。</translation>
    </message>
    <message>
        <source>Loss {loss}; pure guessing would be {guess:.3f}.</source>
        <translation>损失 {loss}；纯粹瞎猜为 {guess:.3f}。</translation>
    </message>
    <message>
        <source>Gradient’s length {length}: {layers}.</source>
        <translation>梯度长度 {length}：{layers}。</translation>
    </message>
    <message>
        <source>Weights of length {length} moved by {moved} against the gradient, learning rate {rate:.2g}.</source>
        <translation>长度为 {length} 的权重沿梯度反方向移动了 {moved}，学习率 {rate:.2g}。</translation>
    </message>
    <message>
        <source>All gradients are {number} again.</source>
        <translation>所有梯度重新变为 {number}。</translation>
    </message>
    <message>
        <source>{pictures:,} picture, {right:,} read rightly.</source>
        <translation>{pictures:,} 张图片，{right:,} 张识别正确。</translation>
    </message>
    <message>
        <source>{pictures:,} pictures, {right:,} read rightly.</source>
        <translation>{pictures:,} 张图片，{right:,} 张识别正确。</translation>
    </message>
    <message>
        <source>{pictures:,} picture, which is no digit.</source>
        <translation>{pictures:,} 张图片，不是数字。</translation>
    </message>
    <message>
        <source>{pictures:,} pictures, {digits:,} of them with a digit, {right:,} read rightly.</source>
        <translation>{pictures:,} 张图片，其中 {digits:,} 张是数字，{right:,} 张识别正确。</translation>
    </message>
    <message>
        <source>{right:,} of {digits:,}</source>
        <translation>{right:,} / {digits:,}</translation>
    </message>
</context>
<context>
    <name>why</name>
    <message>
        <source>Where ink is missing: a dot of the pen would help {rival} where it is blue, and {answer} where it is orange.</source>
        <translation>缺少笔迹之处：在蓝色处点一笔有利于 {rival}，在橙色处有利于 {answer}。</translation>
    </message>
    <message>
        <source>What each pixel’s ink adds: orange speaks for {answer}, blue for {rival}.</source>
        <translation>每个像素的笔迹的贡献：橙色支持 {answer}，蓝色支持 {rival}。</translation>
    </message>
    <message>
        <source>The scores are {answer:.2f} and {rival:.2f}. Their difference of {difference:.2f} is {empty:.2f} from the empty paper and {total:.2f} from all ink together.</source>
        <translation>得分为 {answer:.2f} 和 {rival:.2f}。两者之差 {difference:.2f} 中，{empty:.2f} 来自白纸，{total:.2f} 来自全部笔迹。</translation>
    </message>
    <message>
        <source>How the pen went adds {more:.2f} for {digit}.</source>
        <translation>运笔给 {digit} 加上 {more:.2f}。</translation>
    </message>
    <message>
        <source>That it is a digit at all: {share}.</source>
        <translation>确是数字的把握：{share}。</translation>
    </message>
    <message>
        <source>Looking for the smallest change…</source>
        <translation>正在寻找最小的改动…</translation>
    </message>
    <message>
        <source>The search for the smallest change was cancelled. The button begins it anew.</source>
        <translation>对最小改动的寻找已取消。按该按钮可重新开始。</translation>
    </message>
    <message>
        <source>No small change of the ink makes it read as {rival}.</source>
        <translation>没有小的笔迹改动能使它读成 {rival}。</translation>
    </message>
    <message>
        <source>Now it reads {read}.</source>
        <translation>现在读作 {read}。</translation>
    </message>
    <message>
        <source>The smallest change that makes it read {rival}: {amount} of the ink. If you see no {rival}, the network looks at something else than you do.</source>
        <translation>使它读成 {rival} 的最小改动：笔迹的 {amount}。如果您看不出 {rival}，说明网络看的和您不同。</translation>
    </message>
    <message>
        <source>The same map for a network of this shape that has learned nothing. If both looked alike, the map would show the ink and not what was learned.</source>
        <translation>对同样形状但什么也没学过的网络作的同样的图。如果两者相似，这张图显示的就是笔迹，而不是学到的东西。</translation>
    </message>
    <message>
        <source>Likeness of the two maps, −1 to 1: {value:.2f}.</source>
        <translation>两张图的相似度（−1 到 1）：{value:.2f}。</translation>
    </message>
</context>
</TS>
